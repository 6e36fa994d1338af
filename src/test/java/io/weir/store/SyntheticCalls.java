package io.weir.store;

import io.weir.call.Attempt;
import io.weir.call.CallRecord;
import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecord.Request;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Moments;
import io.weir.call.Principal;
import io.weir.wire.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls as a gateway of some teams sees them: a few keys make most, each with a model it
 * prefers; latency follows the output's length; a few fail, with messages that differ in their
 * numbers. Mutable, for one thread.
 */
final class SyntheticCalls {
    private static final int KEYS = 14;
    private static final double FAILING = 0.015;

    private static final List<Model> MODELS =
            List.of(
                    new Model("gpt-4o-mini", "-2024-07-18", 150, 600, 12),
                    new Model("gpt-4o", "-2024-08-06", 2_500, 10_000, 18),
                    new Model("gpt-5-mini", "-2025-08-07", 250, 2_000, 14),
                    new Model("gpt-4.1", "-2025-04-14", 2_000, 8_000, 16),
                    new Model("gpt-4.1-nano", "-2025-04-14", 100, 400, 8));

    private final RandomGenerator random;
    private final List<Principal> keys = new ArrayList<>();
    private long made;

    SyntheticCalls(RandomGenerator random) {
        this.random = random;
        for (int i = 0; i < KEYS; i++) {
            String name = List.of("search", "chat", "batch", "mail").get(i % 4) + "-" + i;
            keys.add(new Principal("key_" + i, name, "project " + i % 5, List.of("team:" + i % 3)));
        }
    }

    CallRecord next(Instant at, boolean withContent) {
        int key = (int) (KEYS * Math.pow(random.nextDouble(), 2.2));
        Model model = MODELS.get(random.nextInt(3) > 0 ? key % MODELS.size() : anyModel());
        boolean failed = random.nextDouble() < FAILING;
        boolean stream = (key & 1) == 1;
        long input = (long) skewed(400 + 150.0 * key, 0.9);
        Usage usage = failed ? Usage.NONE : usage(input, (long) skewed(220, 0.8));
        Request request = request(model, stream, input * 4 + 180);
        Answer answer = failed ? failure(model) : answered(model, usage.outputTotal() * 5, stream);
        return record(at, request, keys.get(key), answer, usage, model, withContent);
    }

    private CallRecord record(
            Instant at,
            Request request,
            Principal caller,
            Answer answer,
            Usage usage,
            Model model,
            boolean withContent) {
        Instant received = at.truncatedTo(ChronoUnit.MICROS);
        Moments moments = moments(model, usage.outputTotal(), request.stream());
        boolean answered = answer.status() == 200;
        return new CallRecord(
                CallRecords.id(received, made++),
                received,
                request,
                caller,
                answer,
                usage,
                answered ? Confidence.PROVIDER : Confidence.NONE,
                answered ? new Cost.Priced(model.price(usage), model.name()) : new Cost.Free(),
                moments,
                List.of(attempt(answer, moments)),
                withContent ? content(usage) : null);
    }

    private Request request(Model model, boolean stream, long bytes) {
        @Nullable String user = random.nextInt(3) == 0 ? "user-" + random.nextInt(500) : null;
        return new Request(
                "chat.completions",
                "chat",
                "POST",
                "/v1/chat/completions",
                model.name(),
                stream,
                1,
                -1,
                user,
                null,
                bytes,
                0,
                "OpenAI/Python 1.99.0");
    }

    private static Answer answered(Model model, long bytes, boolean stream) {
        return new Answer(
                "completed",
                200,
                null,
                null,
                null,
                "openai",
                "openai",
                null,
                model.name() + model.version(),
                "default",
                List.of("stop"),
                bytes,
                stream ? bytes / 5 : 0);
    }

    private Answer failure(Model model) {
        int number = random.nextInt(100_000);
        return switch (random.nextInt(4)) {
            case 0 ->
                    failed(
                            500,
                            "server_error",
                            "The server had an error while processing your request (request id req_%08x)."
                                    .formatted(random.nextInt()));
            case 1 ->
                    failed(
                            400,
                            "context_length_exceeded",
                            "This model's maximum context length is 128000 tokens. However, your messages resulted in %d tokens."
                                    .formatted(128_001 + number));
            default ->
                    failed(
                            429,
                            "rate_limit_exceeded",
                            "Rate limit reached for %s on tokens per min: Limit 200000, Used %d. Please try again in %dms."
                                    .formatted(model.name(), 100_000 + number, number % 900));
        };
    }

    private static Answer failed(int status, String type, String message) {
        return new Answer(
                "completed",
                status,
                type,
                type,
                message,
                "openai",
                "openai",
                null,
                null,
                null,
                List.of(),
                message.length() + 120L,
                0);
    }

    private Usage usage(long input, long output) {
        long cached = random.nextInt(4) == 0 ? input / 2 : 0;
        return new Usage(input - cached, cached, 0, 0, 0, output, 0, 0, 0);
    }

    private Moments moments(Model model, long output, boolean stream) {
        long sent = random.nextLong(400, 1_000);
        long head = sent + (long) skewed(280_000, 0.45);
        long end = head + (long) (output * skewed(model.tokenMillis() * 1_000, 0.2));
        long firstToken = stream && output > 0 ? head + random.nextInt(20_000) : -1;
        return new Moments(120, sent, sent + 80, head, firstToken, end, end + 150, -1, end - 90);
    }

    private static Attempt attempt(Answer answer, Moments moments) {
        return new Attempt(
                1,
                "openai",
                true,
                150,
                moments.connected(),
                moments.requestSent(),
                moments.firstByte(),
                moments.lastByte(),
                answer.status(),
                null,
                null);
    }

    private Content content(Usage usage) {
        String asked = "Tell me about number %d. ".formatted(random.nextInt(10_000));
        String answered = "Number %d it is. ".formatted(random.nextInt(10_000));
        return new Content(
                "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(asked.repeat((int) Math.min(100, usage.inputTotal() / 6))),
                "{\"choices\":[{\"message\":{\"content\":\"%s\"}}]}"
                        .formatted(answered.repeat((int) Math.min(100, usage.outputTotal() / 5))),
                false);
    }

    private int anyModel() {
        return random.nextInt(MODELS.size());
    }

    /** Log-normal around a median. */
    private double skewed(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }

    /**
     * A model.
     *
     * @param inputNanoUsd the price of a token in
     * @param outputNanoUsd the price of a token out
     * @param tokenMillis what each token takes
     */
    private record Model(
            String name,
            String version,
            long inputNanoUsd,
            long outputNanoUsd,
            double tokenMillis) {
        long price(Usage usage) {
            return usage.inputTotal() * inputNanoUsd + usage.outputTotal() * outputNanoUsd;
        }
    }
}
