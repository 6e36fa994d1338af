package io.weir.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The catalogue of emulated models: ordinary ones, and one for everything a client must learn to
 * handle.
 */
public final class EmulatedModels {
    /** Listed by name; any other name that begins like one of OpenAI's works as well. */
    static final List<String> ORDINARY =
            List.of(
                    "gpt-4o-mini",
                    "gpt-4o",
                    "gpt-4.1",
                    "gpt-4.1-mini",
                    "gpt-4.1-nano",
                    "gpt-5",
                    "gpt-5-mini",
                    "gpt-5-nano",
                    "o3",
                    "o4-mini",
                    "gpt-3.5-turbo",
                    "gpt-3.5-turbo-instruct",
                    "babbage-002",
                    "davinci-002",
                    "text-embedding-3-small",
                    "text-embedding-3-large",
                    "text-embedding-ada-002",
                    "omni-moderation-latest");

    private static final Pattern FAMILIES =
            Pattern.compile(
                    "(?:gpt-|chatgpt-|o1|o3|o4|text-embedding-(?:3|ada)|text-moderation"
                            + "|text-davinci|ft:).*");
    private static final Pattern SLOW = Pattern.compile("slow-first-token-(\\d{1,6})(ms|s|m)");
    private static final Pattern FLAKY = Pattern.compile("flaky-(\\d{1,4})");
    private static final Duration SLOW_FIRST_TOKEN = Duration.ofSeconds(30);

    /** The models that misbehave, in the order of the documentation. */
    static final List<EmulatedModel> PECULIAR =
            List.of(
                    new EmulatedModel(
                            "error-400",
                            "400 `invalid_request_error`",
                            "Correct the request; never retry.",
                            Behaviour.error(EmulatedErrors.BAD_REQUEST)),
                    new EmulatedModel(
                            "error-401",
                            "401 `invalid_api_key`",
                            "Correct the key; never retry.",
                            Behaviour.error(EmulatedErrors.BAD_KEY)),
                    new EmulatedModel(
                            "error-403",
                            "403 `unsupported_country_region_territory`",
                            "Ask for access; never retry.",
                            Behaviour.error(EmulatedErrors.FORBIDDEN)),
                    new EmulatedModel(
                            "error-404",
                            "404 `model_not_found`",
                            "Correct the model's name; never retry.",
                            Behaviour.error(EmulatedErrors.NOT_FOUND)),
                    new EmulatedModel(
                            "error-429",
                            "429 `rate_limit_exceeded` with `retry-after: 1` and `retry-after-ms: 250`",
                            "Wait as long as it says, then retry.",
                            Behaviour.error(
                                    EmulatedErrors.RATE_LIMITED,
                                    "retry-after",
                                    "1",
                                    "retry-after-ms",
                                    "250")),
                    new EmulatedModel(
                            "error-429-bare",
                            "429 `rate_limit_exceeded` that does not say how long to wait",
                            "Retry with growing, random waits.",
                            Behaviour.error(EmulatedErrors.RATE_LIMITED)),
                    new EmulatedModel(
                            "error-429-quota",
                            "429 `insufficient_quota`",
                            "Do not retry: the money is spent.",
                            Behaviour.error(EmulatedErrors.QUOTA)),
                    new EmulatedModel(
                            "error-500",
                            "500 `server_error`",
                            "Retry with growing, random waits.",
                            Behaviour.error(EmulatedErrors.SERVER)),
                    new EmulatedModel(
                            "error-502",
                            "502 with a proxy's HTML page for a body",
                            "Read the status before the body; retry.",
                            Behaviour.page(502, EmulatedErrors.PAGE)),
                    new EmulatedModel(
                            "error-503",
                            "503 `server_error`: overloaded",
                            "Retry with growing, random waits.",
                            Behaviour.error(EmulatedErrors.OVERLOADED)),
                    new EmulatedModel(
                            "error-context-length",
                            "400 `context_length_exceeded`",
                            "Shorten the prompt; never retry it as it is.",
                            Behaviour.error(EmulatedErrors.TOO_LONG)),
                    new EmulatedModel(
                            "slow-first-token",
                            "Nothing for 30 s, then an answer; `slow-first-token-5s` or `-800ms` for"
                                    + " another time",
                            "Bound the wait for the first byte.",
                            Behaviour.late(SLOW_FIRST_TOKEN)),
                    new EmulatedModel(
                            "stalled-stream",
                            "Silence after a few events; a whole answer stops half-way",
                            "Bound the silence between events.",
                            Behaviour.fault(Fault.STALLED)),
                    new EmulatedModel(
                            "dropped-stream",
                            "The connection is cut inside an event; a whole answer half-way",
                            "Notice that `[DONE]` is missing; keep or discard what came.",
                            Behaviour.fault(Fault.DROPPED)),
                    new EmulatedModel(
                            "dropped-whole",
                            "The connection is cut half-way through the body, streamed or not",
                            "Compare the length with Content-Length; retry.",
                            Behaviour.fault(Fault.DROPPED)),
                    new EmulatedModel(
                            "malformed-event",
                            "One event is not JSON; a whole answer is not either",
                            "Fail the call, not the process.",
                            Behaviour.fault(Fault.MALFORMED)),
                    new EmulatedModel(
                            "error-in-stream",
                            "An error event in mid-stream, and no `[DONE]`; 500 for a whole answer",
                            "Look for `error` in every event.",
                            Behaviour.fault(Fault.ERROR)),
                    new EmulatedModel(
                            "no-usage",
                            "Answers without usage, whatever is asked: an old upstream",
                            "Count the tokens yourself, and say so.",
                            Behaviour.quirk(Quirk.NO_USAGE)),
                    new EmulatedModel(
                            "flaky-2",
                            "500 twice for each distinct body, then an answer, then again; `flaky-N`"
                                    + " for N times",
                            "Retry the same request.",
                            new Behaviour.Flaky(2)),
                    new EmulatedModel(
                            "refusal",
                            "A refusal in `refusal`, and no content",
                            "Read `refusal` before the content.",
                            Behaviour.quirk(Quirk.REFUSAL)),
                    new EmulatedModel(
                            "content-filter",
                            "A few words, then `finish_reason: content_filter`",
                            "Read the finish reason.",
                            Behaviour.quirk(Quirk.FILTERED)),
                    new EmulatedModel(
                            "crlf-stream",
                            "Events with CR LF, comments between them, chunks that end inside"
                                    + " characters",
                            "Parse events by the standard, bytes before characters.",
                            new Behaviour.Answers(Quirk.UNICODE, Fault.CRLF, Duration.ZERO)),
                    new EmulatedModel(
                            "reasoning",
                            "Reasoning tokens in the usage, and a later first token",
                            "Pay for tokens that are never shown.",
                            Behaviour.quirk(Quirk.REASONING)),
                    new EmulatedModel(
                            "cached",
                            "Three quarters of the prompt come from the cache",
                            "Price cached tokens apart.",
                            Behaviour.quirk(Quirk.CACHED)),
                    new EmulatedModel(
                            "long-answer",
                            "Writes until the token limit, however high; 4,096 tokens without one",
                            "Set a limit.",
                            Behaviour.quirk(Quirk.LONG)));

    private EmulatedModels() {}

    /** The names of all listed models, ordinary ones first. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(ORDINARY);
        PECULIAR.forEach(model -> names.add(model.name()));
        return names;
    }

    /** The models that misbehave, as a table in Markdown for the documentation. */
    public static String table() {
        StringBuilder table =
                new StringBuilder(
                        "| model | what happens | what a client must do |\n|---|---|---|\n");
        for (EmulatedModel model : PECULIAR) {
            table.append(
                    "| `%s` | %s | %s |\n"
                            .formatted(model.name(), model.happens(), model.lesson()));
        }
        return table.toString();
    }

    /** What a model of that name does; empty where there is no such model. */
    static Optional<Behaviour> behaviour(String name) {
        if (ORDINARY.contains(name) || FAMILIES.matcher(name).matches()) {
            return Optional.of(Behaviour.ORDINARY);
        }
        for (EmulatedModel model : PECULIAR) {
            if (model.name().equals(name)) {
                return Optional.of(model.behaviour());
            }
        }
        Matcher slow = SLOW.matcher(name);
        if (slow.matches()) {
            return Optional.of(Behaviour.late(duration(slow.group(1), slow.group(2))));
        }
        Matcher flaky = FLAKY.matcher(name);
        return flaky.matches()
                ? Optional.of(new Behaviour.Flaky(Integer.parseInt(flaky.group(1))))
                : Optional.empty();
    }

    private static Duration duration(String number, String unit) {
        long amount = Long.parseLong(number);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
