package io.weir.report;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Moments;
import io.weir.call.Principal;
import io.weir.wire.Span;
import io.weir.wire.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two hours of an ordinary mixed traffic, with its own noise, and one cause of trouble planted into
 * the second; or none. The same seed makes the same calls. Mutable, for one thread.
 */
final class Scenario {
    private static final Instant EPOCH = Instant.parse("2026-01-01T12:00:00Z");
    private static final int CALLS_AN_HOUR = 1_600;

    /** Models, ever dearer and slower, the last one for embeddings. */
    private static final List<String> MODELS =
            List.of("gpt-4o-mini", "gpt-4o", "gpt-4.1", "gpt-5-mini", "gpt-5", "text-embedding-3");

    private static final double[] MODEL_WEIGHTS = {0.35, 0.25, 0.12, 0.1, 0.08, 0.1};
    private static final double[] MODEL_MS = {300, 600, 700, 1_500, 4_000, 60};
    private static final double[] MODEL_NANO_PER_TOKEN = {600, 10_000, 8_000, 2_000, 10_000, 20};
    private static final double[] KEY_WEIGHTS = {0.3, 0.2, 0.15, 0.12, 0.09, 0.07, 0.05, 0.02};
    private static final List<String> AGENTS =
            List.of("OpenAI/Python 1.54", "OpenAI/JS 4.70", "curl/8.5.0", "python-requests/2.32");
    private static final double[] AGENT_WEIGHTS = {0.55, 0.25, 0.08, 0.12};

    /** What is planted. */
    enum Plant {
        NOTHING,
        SLOW_MODEL,
        FAILING_KEY,
        FAILING_UPSTREAM,
        SLOW_LONG_PROMPTS,
        EXPENSIVE_KEY,
        SLOW_MODEL_OF_A_KEY,
        FAILING_MODEL_OF_A_KEY,
        BUSY_KEY,
        FAILING_MODEL_SINCE_HALF_PAST,
        FAILING_AGENT,
        SLOW_EMBEDDINGS
    }

    private final Random random;
    private final Plant plant;
    private final Instant start;
    private final int model;
    private final int key;
    private final int agent;
    private final double[] keyWeights = KEY_WEIGHTS.clone();
    private final double strength;

    Scenario(int seed, Plant plant) {
        this.random = new Random(seed);
        this.plant = plant;
        this.start = EPOCH.plus(Duration.ofDays(seed));
        boolean pair = plant == Plant.SLOW_MODEL_OF_A_KEY || plant == Plant.FAILING_MODEL_OF_A_KEY;
        this.model = random.nextInt(pair ? 2 : 5);
        this.key = random.nextInt(pair ? 4 : 6);
        this.agent = random.nextInt(AGENTS.size());
        this.strength = random.nextDouble();
    }

    /** The hour with the cause in it; the one before is as ever. */
    Span asked() {
        return new Span(start.plus(Duration.ofHours(1)), start.plus(Duration.ofHours(2)));
    }

    /** What is wrong; null where nothing is. */
    @Nullable Trouble trouble() {
        return switch (plant) {
            case NOTHING -> null;
            case SLOW_MODEL, SLOW_LONG_PROMPTS, SLOW_MODEL_OF_A_KEY, SLOW_EMBEDDINGS ->
                    Trouble.SLOW;
            case FAILING_KEY,
                    FAILING_UPSTREAM,
                    FAILING_MODEL_OF_A_KEY,
                    FAILING_MODEL_SINCE_HALF_PAST,
                    FAILING_AGENT ->
                    Trouble.FAILED;
            case EXPENSIVE_KEY, BUSY_KEY -> Trouble.COSTLY;
        };
    }

    /** The attributes with their values that would each be a right answer. */
    Set<String> answers() {
        String ofModel = "model=" + MODELS.get(model);
        String ofKey = "key=" + name(key);
        return switch (plant) {
            case NOTHING -> Set.of();
            case SLOW_MODEL -> Set.of(ofModel);
            case FAILING_KEY, EXPENSIVE_KEY, BUSY_KEY -> Set.of(ofKey);
            case FAILING_UPSTREAM -> Set.of("upstream=second");
            case SLOW_LONG_PROMPTS -> Set.of("prompt=≥ 16 KB");
            case SLOW_MODEL_OF_A_KEY, FAILING_MODEL_OF_A_KEY -> Set.of(ofModel + " " + ofKey);
            case FAILING_MODEL_SINCE_HALF_PAST ->
                    Set.of(ofModel, since(ofModel, 25), since(ofModel, 30), since(ofModel, 35));
            case FAILING_AGENT -> Set.of("agent=" + family(agent));
            case SLOW_EMBEDDINGS -> Set.of("model=text-embedding-3", "endpoint=embeddings");
        };
    }

    private String since(String cause, int minutes) {
        return cause + " hour=since " + asked().since().plus(Duration.ofMinutes(minutes));
    }

    /** The calls of both hours, in order. */
    List<CallRecord> calls() {
        List<CallRecord> calls = new ArrayList<>();
        for (int hour = 0; hour < 2; hour++) {
            for (int i = 0; i < keyWeights.length; i++) {
                keyWeights[i] = KEY_WEIGHTS[i] * Math.exp(0.1 * random.nextGaussian());
            }
            boolean busy = hour == 1 && plant == Plant.BUSY_KEY;
            keyWeights[key] *= busy ? 6 + 4 * strength : 1;
            int count = (int) (CALLS_AN_HOUR * Math.exp(0.15 * random.nextGaussian()));
            for (int i = 0; i < count; i++) {
                long micros = (long) (3.6e9 * (hour + (i + random.nextDouble()) / count));
                calls.add(call(start.plusNanos(1_000 * micros), calls.size(), hour == 1));
            }
        }
        return calls;
    }

    private CallRecord call(Instant at, int number, boolean planted) {
        Traits traits = traits(at, planted);
        Usage usage = usage(traits);
        String error = error(traits);
        double ms = error == null ? millis(traits, usage) : 40 + 400 * random.nextDouble();
        long cost =
                (long)
                        (MODEL_NANO_PER_TOKEN[traits.model]
                                * (usage.output() + usage.input() / 4.0));
        long micros = (long) (ms * 1_000);
        int status = error == null ? 200 : error.equals("rate_limit") ? 429 : 500;
        return new CallRecord(
                CallRecords.id(at, number),
                at,
                request(traits),
                new Principal(
                        "id " + name(traits.key),
                        name(traits.key),
                        "project " + traits.key / 2,
                        List.of()),
                new CallRecord.Answer(
                        "completed",
                        status,
                        error,
                        null,
                        error == null ? null : "It went wrong.",
                        traits.upstream,
                        "openai",
                        null,
                        error == null ? MODELS.get(traits.model) : null,
                        "default",
                        error == null
                                ? List.of(random.nextInt(15) == 0 ? "length" : "stop")
                                : List.of(),
                        900,
                        0),
                error == null ? usage : Usage.NONE,
                Confidence.PROVIDER,
                error == null ? new Cost.Priced(cost, "p") : new Cost.Free(),
                new Moments(50, 900, 1_000, micros / 2, -1, micros, micros, -1, micros - 300),
                List.of(),
                null);
    }

    private CallRecord.Request request(Traits traits) {
        return new CallRecord.Request(
                traits.model == 5 ? "embeddings" : "chat.completions",
                traits.model == 5 ? "embeddings" : "chat",
                "POST",
                "/v1/x",
                MODELS.get(traits.model),
                traits.model != 5 && random.nextInt(5) < 2,
                1,
                -1,
                "user " + (int) (300 * Math.pow(random.nextDouble(), 3)),
                null,
                traits.bytes,
                random.nextInt(20) == 0 ? 1 : 0,
                AGENTS.get(traits.agent));
    }

    private Traits traits(Instant at, boolean planted) {
        return new Traits(
                at,
                planted,
                pick(MODEL_WEIGHTS),
                pick(keyWeights),
                random.nextInt(10) < 7 ? "first" : "second",
                pick(AGENT_WEIGHTS),
                (long) (2_500 * Math.exp(1.3 * random.nextGaussian())) + 200);
    }

    private Usage usage(Traits traits) {
        double output = traits.model == 5 ? 0 : 180 * Math.exp(0.9 * random.nextGaussian());
        if (traits.planted && plant == Plant.EXPENSIVE_KEY && traits.key == key) {
            output *= 5 + 5 * strength;
        }
        return Usage.ofText(traits.bytes / 5, (long) output);
    }

    private double millis(Traits traits, Usage usage) {
        double ms =
                MODEL_MS[traits.model] * (0.6 + usage.output() / 250.0 + traits.bytes / 40_000.0);
        ms *= Math.exp(0.35 * random.nextGaussian()) * (random.nextInt(60) == 0 ? 4 : 1);
        boolean slow =
                traits.planted
                        && switch (plant) {
                            case SLOW_MODEL -> traits.model == model;
                            case SLOW_MODEL_OF_A_KEY -> traits.model == model && traits.key == key;
                            case SLOW_LONG_PROMPTS -> traits.bytes >= 16_384;
                            case SLOW_EMBEDDINGS -> traits.model == 5;
                            default -> false;
                        };
        return slow ? ms * (3 + 4 * strength) : ms;
    }

    private @Nullable String error(Traits traits) {
        double chance = traits.model == 3 ? 0.03 : 0.01;
        boolean failing =
                traits.planted
                        && switch (plant) {
                            case FAILING_KEY -> traits.key == key;
                            case FAILING_UPSTREAM -> traits.upstream.equals("second");
                            case FAILING_MODEL_OF_A_KEY ->
                                    traits.model == model && traits.key == key;
                            case FAILING_MODEL_SINCE_HALF_PAST ->
                                    traits.model == model
                                            && traits.at.isAfter(
                                                    start.plus(Duration.ofMinutes(90)));
                            case FAILING_AGENT -> traits.agent == agent;
                            default -> false;
                        };
        if (random.nextDouble() < (failing ? 0.2 + 0.5 * strength : chance)) {
            return failing || random.nextBoolean() ? "server_error" : "rate_limit";
        }
        return null;
    }

    private int pick(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    private static String name(int key) {
        return "key " + key;
    }

    private static String family(int agent) {
        return AGENTS.get(agent).replaceAll("[ /][\\d.]+$", "");
    }

    /** What a call is like, however it goes. */
    private record Traits(
            Instant at,
            boolean planted,
            int model,
            int key,
            String upstream,
            int agent,
            long bytes) {}
}
