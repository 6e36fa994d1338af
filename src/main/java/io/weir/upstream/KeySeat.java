package io.weir.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A key with what is known of it: how the provider took it, and what it still takes by model. */
final class KeySeat {
    /** So long a key is passed over that the provider does not know, where there are others. */
    private static final Duration REST = Duration.ofMinutes(1);

    /** Clients name models; those beyond share one pace. */
    private static final int MOST_MODELS = 1_000;

    final LongAdder calls = new LongAdder();
    final LongAdder refusals = new LongAdder();

    private final @Nullable UpstreamKey key;
    private final @Nullable String authorization;
    private final @Nullable KeyMask mask;
    private final AtomicLong restsUntil;
    private final Map<String, ModelPace> models = new ConcurrentHashMap<>();

    /**
     * One that nothing is known of.
     *
     * @param key null where the upstream wants none
     */
    KeySeat(@Nullable UpstreamKey key, long now) {
        this.key = key;
        this.mask = key == null ? null : KeyMask.of(key.secret());
        this.authorization = key == null ? null : "Bearer " + key.secret().reveal();
        this.restsUntil = new AtomicLong(now);
    }

    @Nullable UpstreamKey key() {
        return key;
    }

    @Nullable String authorization() {
        return authorization;
    }

    @Nullable KeyMask mask() {
        return mask;
    }

    ModelPace pace(String model, long now) {
        ModelPace pace = models.get(model);
        if (pace != null) {
            return pace;
        }
        String shared = models.size() < MOST_MODELS ? model : "";
        return models.computeIfAbsent(shared, unseen -> new ModelPace(now));
    }

    Map<String, ModelPace> models() {
        return models;
    }

    boolean rests(long now) {
        return restsUntil.get() - now > 0;
    }

    /** The provider does not take it. */
    void refused(long now) {
        refusals.increment();
        restsUntil.set(now + REST.toNanos());
    }

    /** The provider takes it. */
    void accepted(long now) {
        if (rests(now)) {
            restsUntil.set(now);
        }
    }
}
