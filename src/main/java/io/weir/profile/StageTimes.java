package io.weir.profile;

import io.weir.call.Stage;
import io.weir.profile.Profile.Spread;
import io.weir.profile.Profile.StageTime;
import io.weir.profile.Profile.Whose;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the stages of calls apart: what each took without what it called. Stages are given in the
 * order in which they ended; those of a call lie within each other, the whole call around all.
 */
final class StageTimes {
    /** A call that never ends in the recording leaves its stages here: more are not kept. */
    private static final int MOST_OPEN_CALLS = 100_000;

    private static final Map<String, Whose> WAITING =
            Map.of(
                    Stage.CONNECT,
                    Whose.UPSTREAM,
                    Stage.AWAIT,
                    Whose.UPSTREAM,
                    Stage.RECEIVE,
                    Whose.UPSTREAM,
                    "ReadBody",
                    Whose.CLIENT,
                    Stage.REPLY,
                    Whose.CLIENT);

    private final Map<String, Deque<Part>> open = new HashMap<>();
    private final Map<String, Samples> stages = new HashMap<>();
    private final Samples whole = new Samples();
    private final Map<Whose, Samples> sums = new EnumMap<>(Whose.class);

    /** A stage that has ended, and what it and all within it took, by whose time it was. */
    private record Part(long start, long end, Map<Whose, Long> within) {}

    StageTimes() {
        for (Whose whose : Whose.values()) {
            sums.put(whose, new Samples());
        }
    }

    void add(String call, String stage, long startNanos, long endNanos) {
        if (open.size() >= MOST_OPEN_CALLS && !open.containsKey(call)) {
            return;
        }
        Deque<Part> ended = open.computeIfAbsent(call, _ -> new ArrayDeque<>());
        Map<Whose, Long> within = new EnumMap<>(Whose.class);
        long called = 0;
        while (!ended.isEmpty() && ended.getLast().start() >= startNanos) {
            Part part = ended.removeLast();
            called += part.end() - part.start();
            part.within().forEach((whose, nanos) -> within.merge(whose, nanos, Long::sum));
        }
        long own = Math.max(0, endNanos - startNanos - called);
        within.merge(whose(stage), own, Long::sum);
        stages.computeIfAbsent(stage, _ -> new Samples()).add(own);
        if (stage.equals(Stage.CALL)) {
            open.remove(call);
            whole.add(endNanos - startNanos);
            sums.forEach((whose, samples) -> samples.add(within.getOrDefault(whose, 0L)));
        } else {
            ended.addLast(new Part(startNanos, endNanos, within));
        }
    }

    long calls() {
        return whole.count();
    }

    Spread whole() {
        return Spread.of(whole);
    }

    Spread of(Whose whose) {
        return Spread.of(sums.getOrDefault(whose, new Samples()));
    }

    /** Every stage, Weir's own first, the longest in sum first. */
    List<StageTime> stages() {
        double weirs =
                stages.entrySet().stream()
                        .filter(stage -> whose(stage.getKey()) == Whose.WEIR)
                        .mapToDouble(stage -> stage.getValue().sum())
                        .sum();
        return stages.entrySet().stream()
                .sorted(
                        Comparator.comparing(
                                        (Map.Entry<String, Samples> stage) -> whose(stage.getKey()))
                                .thenComparingLong(stage -> -stage.getValue().sum()))
                .map(stage -> time(stage.getKey(), stage.getValue(), weirs))
                .toList();
    }

    private static StageTime time(String name, Samples samples, double weirs) {
        boolean ours = whose(name) == Whose.WEIR && weirs > 0;
        return new StageTime(
                name,
                whose(name),
                samples.count(),
                Spread.of(samples),
                ours ? samples.sum() / weirs : 0);
    }

    private static Whose whose(String stage) {
        return WAITING.getOrDefault(stage, Whose.WEIR);
    }
}
