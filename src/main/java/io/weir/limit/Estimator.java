package io.weir.limit;

import io.weir.wire.Usage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a call is likely to use, from what calls of its key and model have used lately, or of its
 * model, or from nothing. There are no more of either than so many, whatever clients call their
 * models.
 */
public final class Estimator {
    private static final int MOST = 20_000;
    private static final int COLD_OUTPUT = 1_000;
    private static final double COLD_TOKENS_A_BYTE = 0.25;
    private static final double WEIGHT_OF_NEWS = 0.05;

    private final Map<Pair, Outputs> byKey = new ConcurrentHashMap<>();
    private final Map<String, Model> byModel = new ConcurrentHashMap<>();

    private record Pair(String key, String model) {}

    private static final class Model {
        private final Outputs outputs = new Outputs();
        private volatile double tokensAByte = COLD_TOKENS_A_BYTE;

        void learn(long bytes, long input, long output) {
            outputs.add(output);
            if (bytes > 0 && input > 0) {
                double news = (double) input / bytes;
                // What two lose of each other is nothing to an estimate.
                double before = tokensAByte;
                tokensAByte = before + (news - before) * WEIGHT_OF_NEWS;
            }
        }
    }

    /**
     * What a call is likely to use.
     *
     * @param bytes of its request
     * @param maxTokens that each choice may have, -1 where the request does not say
     */
    public Usage of(String key, String model, long bytes, long maxTokens, int choices) {
        @Nullable Model known = byModel.get(model);
        double ratio = known == null ? COLD_TOKENS_A_BYTE : known.tokensAByte;
        long most = maxTokens < 0 ? Long.MAX_VALUE : saturated(maxTokens, choices);
        return Usage.ofText(
                (long) Math.ceil(bytes * ratio), Math.min(most, output(key, model, known, most)));
    }

    /** What a call has used. */
    public void learn(String key, String model, long bytes, long input, long output) {
        @Nullable Model known = byModel.get(model);
        if (known == null && byModel.size() < MOST) {
            known = byModel.computeIfAbsent(model, unseen -> new Model());
        }
        if (known != null) {
            known.learn(bytes, input, output);
        }
        Pair pair = new Pair(key, model);
        @Nullable Outputs outputs = byKey.get(pair);
        if (outputs == null && byKey.size() < MOST) {
            outputs = byKey.computeIfAbsent(pair, unseen -> new Outputs());
        }
        if (outputs != null) {
            outputs.add(output);
        }
    }

    /** Where nothing is known, the most that was asked for is taken at its word. */
    private long output(String key, String model, @Nullable Model known, long most) {
        @Nullable Outputs own = byKey.get(new Pair(key, model));
        long usual = own == null ? -1 : own.usual();
        if (usual < 0 && known != null) {
            usual = known.outputs.usual();
        }
        return usual >= 0 ? usual : most == Long.MAX_VALUE ? COLD_OUTPUT : most;
    }

    private static long saturated(long tokens, int choices) {
        return Math.min(Integer.MAX_VALUE, tokens) * Math.max(1, choices);
    }
}
