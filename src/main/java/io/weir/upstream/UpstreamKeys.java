package io.weir.upstream;

import io.weir.call.Call;
import io.weir.call.Outcome;
import io.weir.call.Principal;
import io.weir.call.Priority;
import io.weir.call.UpstreamFailure;
import io.weir.turn.Line;
import io.weir.turn.Waiter;
import io.weir.wire.RequestView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an upstream, and with which of them a call goes out: they take turns, but for those
 * that the provider does not take, and those whose limits are used up as the provider's answers
 * say. When all are, calls wait for a while, in a fair order; then they are sent all the same, and
 * the provider has the last word. Keys are added and removed while calls are under way.
 */
public final class UpstreamKeys {
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_LINES = 1_000;

    private final LongSupplier ticker;
    private final Duration patience;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private volatile List<KeySeat> seats;

    /**
     * Keys that can be replaced.
     *
     * @param keys none where the upstream wants none
     * @param patience how long a call waits for the provider's limits
     * @param ticker nanoseconds of a monotonic clock
     */
    public UpstreamKeys(List<UpstreamKey> keys, Duration patience, LongSupplier ticker) {
        this.ticker = ticker;
        this.patience = patience;
        this.seats = seated(keys, List.of());
    }

    /** Goes by those from now on; what is known of one that stays is kept. */
    public synchronized void replace(List<UpstreamKey> keys) {
        seats = seated(keys, seats);
        lines.values().forEach(Line::wake);
    }

    /**
     * How a key stands.
     *
     * @param calls that went out with it
     * @param refusals of the provider, that did not take it
     * @param rests whether it is passed over for that
     * @param models what the provider still takes, by model
     */
    public record Standing(
            String name, long calls, long refusals, boolean rests, List<Left> models) {}

    /**
     * What remains of a model's limits, as the provider says.
     *
     * @param requests -1 where that is not known
     * @param tokens -1 where that is not known
     * @param heldNanos for how long the provider wants nothing
     */
    public record Left(String model, long requests, long tokens, long heldNanos) {}

    /** How they stand. */
    public List<Standing> standings() {
        long now = ticker.getAsLong();
        List<Standing> all = new ArrayList<>();
        for (KeySeat seat : seats) {
            UpstreamKey key = seat.key();
            if (key != null) {
                all.add(
                        new Standing(
                                key.name(),
                                seat.calls.sum(),
                                seat.refusals.sum(),
                                seat.rests(now),
                                left(seat, now)));
            }
        }
        return all;
    }

    /** Calls that wait for the provider's limits. */
    public int waiting() {
        return lines.values().stream().mapToInt(Line::size).sum();
    }

    /**
     * The turn of a call, when it has come.
     *
     * @throws UpstreamFailure where its client has gone meanwhile
     */
    Turn turn(Call call) throws UpstreamFailure {
        String model = call.view().flatMap(RequestView::model).orElse("");
        long tokens = call.trace().expectedTokens();
        Line line = lines.get(model);
        Turn turn = line == null || line.lets(null) ? taken(model, tokens) : null;
        if (turn == null && !patience.isZero()) {
            turn = waited(call, model, tokens);
        }
        return turn == null ? unasked(model, tokens) : turn;
    }

    private @Nullable Turn waited(Call call, String model, long tokens) throws UpstreamFailure {
        @Nullable Principal caller = call.trace().caller();
        Waiter waiter =
                new Waiter(
                        call.id(),
                        caller == null ? "" : caller.keyId(),
                        caller == null ? Priority.NORMAL : caller.priority());
        AtomicReference<@Nullable Turn> turn = new AtomicReference<>();
        long began = ticker.getAsLong();
        call.abort().onClientLeft(waiter::stop);
        try {
            line(model)
                    .await(
                            waiter,
                            began + patience.toNanos(),
                            () -> {
                                turn.set(taken(model, tokens));
                                return turn.get() == null ? delay(model, tokens) : 0;
                            });
        } finally {
            call.abort().onClientLeft(null);
            call.trace().waited(ticker.getAsLong() - began);
        }
        if (call.abort().hasClientLeft()) {
            call.abort().raise(new Outcome.ClientGone());
            throw new UpstreamFailure.NotReached("The client has gone.", null);
        }
        return turn.get();
    }

    /** With the next key that the provider takes and that has enough left; null where none has. */
    private @Nullable Turn taken(String model, long tokens) {
        List<KeySeat> all = seats;
        long now = ticker.getAsLong();
        int first = all.size() == 1 ? 0 : Math.floorMod(next.getAndIncrement(), all.size());
        for (boolean resting : new boolean[] {false, true}) {
            for (int i = 0; i < all.size(); i++) {
                KeySeat seat = all.get((first + i) % all.size());
                if (seat.rests(now) == resting) {
                    ModelPace pace = seat.pace(model, now);
                    ModelPace.Sent sent = pace.send(tokens, now);
                    if (sent != null) {
                        seat.calls.increment();
                        return new Turn(seat, pace, sent);
                    }
                }
            }
        }
        return null;
    }

    /** With the key that is first to have enough left. */
    private Turn unasked(String model, long tokens) {
        long now = ticker.getAsLong();
        KeySeat seat =
                seats.stream()
                        .min(
                                Comparator.comparing((KeySeat each) -> each.rests(now))
                                        .thenComparingLong(
                                                each -> each.pace(model, now).delay(tokens, now)))
                        .orElseThrow();
        seat.calls.increment();
        ModelPace pace = seat.pace(model, now);
        return new Turn(seat, pace, pace.sendAllTheSame(tokens));
    }

    private long delay(String model, long tokens) {
        long now = ticker.getAsLong();
        return seats.stream()
                .mapToLong(seat -> Math.max(1, seat.pace(model, now).delay(tokens, now)))
                .min()
                .orElse(Line.WHEN_WOKEN);
    }

    private Line line(String model) {
        String shared = lines.size() < MOST_LINES || lines.containsKey(model) ? model : "";
        return lines.computeIfAbsent(shared, unseen -> new Line(ticker, MOST_WAITING));
    }

    private List<KeySeat> seated(List<UpstreamKey> keys, List<KeySeat> before) {
        if (keys.isEmpty()) {
            return List.of(new KeySeat(null, ticker.getAsLong()));
        }
        return keys.stream().map(key -> seat(key, before)).toList();
    }

    private KeySeat seat(UpstreamKey key, List<KeySeat> before) {
        for (KeySeat seat : before) {
            UpstreamKey known = seat.key();
            if (known != null && known.isSame(key)) {
                return seat;
            }
        }
        return new KeySeat(key, ticker.getAsLong());
    }

    private static List<Left> left(KeySeat seat, long now) {
        List<Left> left = new ArrayList<>();
        seat.models()
                .forEach((model, pace) -> {
                    Left each =
                            new Left(
                                    model,
                                    pace.requestsLeft(now),
                                    pace.tokensLeft(now),
                                    pace.held(now));
                    if (each.requests >= 0 || each.tokens >= 0 || each.heldNanos > 0) {
                        left.add(each);
                    }
                });
        left.sort(Comparator.comparing(Left::model));
        return left;
    }

    /** A call's turn, with a key. */
    final class Turn {
        private final KeySeat seat;
        private final ModelPace pace;
        private final ModelPace.Sent sent;

        private Turn(KeySeat seat, ModelPace pace, ModelPace.Sent sent) {
            this.seat = seat;
            this.pace = pace;
            this.sent = sent;
        }

        /** The value of the {@code authorization} field; null where the upstream wants none. */
        @Nullable String authorization() {
            return seat.authorization();
        }

        /** What hides the key in answers; null where there is none. */
        @Nullable KeyMask mask() {
            return seat.mask();
        }

        /** Learns from the head of the answer. */
        void answered(ClassicHttpResponse head) {
            long now = ticker.getAsLong();
            if (head.getCode() == 401) {
                seat.refused(now);
            } else {
                seat.accepted(now);
            }
            pace.answered(sent, head, now);
        }
    }
}
