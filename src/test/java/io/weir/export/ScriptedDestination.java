package io.weir.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A destination that takes what it likes, fails as often as it is told to, and may take a batch and
 * lose the answer.
 */
final class ScriptedDestination implements Destination {
    private final Limits limits;
    final List<UUID> taken = new ArrayList<>();
    final Deque<Sent> failures = new ArrayDeque<>();
    final List<Integer> batches = new ArrayList<>();
    Predicate<Event> dislikes = event -> false;
    boolean readsJsonAlone;
    boolean saysWhich;
    boolean losesTheNextAnswer;
    boolean away;

    ScriptedDestination(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public boolean readsJsonAlone() {
        return readsJsonAlone;
    }

    @Override
    public Sent send(List<Event> events) {
        batches.add(events.size());
        if (away) {
            return new Sent.Failed("away");
        }
        Sent failure = failures.poll();
        if (failure != null) {
            return failure;
        }
        if (saysWhich) {
            for (int i = 0; i < events.size(); i++) {
                if (dislikes.test(events.get(i))) {
                    events.subList(0, i).forEach(event -> taken.add(event.callId()));
                    return new Sent.Refused("not to its taste", OptionalInt.of(i));
                }
            }
        }
        if (events.stream().anyMatch(dislikes)) {
            return new Sent.Refused("not to its taste");
        }
        events.forEach(event -> taken.add(event.callId()));
        if (losesTheNextAnswer) {
            losesTheNextAnswer = false;
            return new Sent.Failed("the answer was lost");
        }
        return Sent.DELIVERED;
    }

    @Override
    public void close() {}
}
