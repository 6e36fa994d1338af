package io.weir.wire;

import io.weir.wire.Endpoint.Dialect;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one whole answer, or the events of one stream after each other, and keeps what they say.
 * Never throws, whatever the bytes are. Mutable; belongs to one thread.
 */
final class AnswerScan {
    private static final KnownNames NAMES =
            KnownNames.of(
                    Stream.of(
                                    Stream.of(
                                            "id",
                                            "model",
                                            "service_tier",
                                            "choices",
                                            "usage",
                                            "error",
                                            "type",
                                            "code",
                                            "response",
                                            "status",
                                            "incomplete_details",
                                            "reason",
                                            "output",
                                            "summary",
                                            "b64_json"),
                                    Stream.of(ChoiceReader.members()),
                                    Stream.of(UsageReader.members()))
                            .flatMap(names -> names)
                            .toArray(String[]::new));

    /** States of a response that has not finished. */
    private static final Set<String> UNFINISHED = Set.of("in_progress", "queued");

    private final Dialect dialect;
    private final boolean streamed;
    private final @Nullable OutputText text;
    private final ChoiceReader choices;

    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String serviceTier;
    private @Nullable String status;
    private @Nullable String incompleteReason;
    private @Nullable Usage usage;
    private @Nullable AnswerError error;

    private String type = "";
    private boolean content;
    private boolean hasUsage;
    private boolean hasError;
    private @Nullable UsageReader usageRead;
    private @Nullable String eventCode;
    private @Nullable String eventMessage;
    private int usageNameStart;
    private int usageNullEnd;

    /** Keeps the output's text where there is something to keep it in. */
    AnswerScan(Dialect dialect, boolean streamed, @Nullable OutputText text) {
        this.dialect = dialect;
        this.streamed = streamed;
        this.text = text;
        choices = new ChoiceReader(text);
    }

    /** Reads the next event, or the answer. */
    void read(byte[] bytes, int start, int end) {
        forgetEvent();
        try {
            JsonCursor in = new JsonCursor(bytes, start, end, NAMES);
            if (in.enterObject()) {
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    readMember(in, name);
                }
            }
            in.finish();
            Usage found = usageRead == null ? null : usageRead.usage(dialect, type);
            if (found != null) {
                usage = found;
                hasUsage = true;
            }
        } catch (MalformedJson malformed) {
            usageNullEnd = 0;
        }
        content |= choices.content();
    }

    /** Takes the last event for an error, because its name or type says so. */
    void asError() {
        if (!hasError) {
            hasError = true;
            error = new AnswerError(null, eventCode, eventMessage);
        }
    }

    AnswerFacts facts() {
        return new AnswerFacts(id, model, serviceTier, finishReasons(), usage, error);
    }

    /** The last event's {@code type}; empty where it has none. */
    String type() {
        return type;
    }

    /** Whether the last event brought output. */
    boolean content() {
        return content;
    }

    /** Whether the last event brought an error. */
    boolean hasError() {
        return hasError;
    }

    /** Whether the last event is chat's chunk of usage and nothing else. */
    boolean usageOnly() {
        return hasUsage && choices.empty();
    }

    /** Where the name of the last event's {@code "usage":null} begins. */
    int usageNameStart() {
        return usageNameStart;
    }

    /** Behind the last event's {@code "usage":null}; 0 where it has none. */
    int usageNullEnd() {
        return usageNullEnd;
    }

    private void forgetEvent() {
        type = "";
        content = false;
        hasUsage = false;
        hasError = false;
        usageRead = null;
        eventCode = null;
        eventMessage = null;
        usageNullEnd = 0;
        choices.forget();
    }

    private List<String> finishReasons() {
        if (dialect != Dialect.RESPONSES) {
            return choices.finishReasons();
        }
        String reason = incompleteReason != null ? incompleteReason : status;
        return reason == null || UNFINISHED.contains(reason) ? List.of() : List.of(reason);
    }

    /** A member of the answer, or of an event around it. */
    private void readMember(JsonCursor in, String name) {
        switch (name) {
            case "type" -> type = Objects.requireNonNullElse(in.string(), "");
            case "code" -> eventCode = in.scalar();
            case "message" -> eventMessage = in.string();
            case "delta" -> readDelta(in);
            case "response" -> readResponse(in);
            case "audio", "b64_json", "text" -> readMedium(in);
            default -> readAnswer(in, name);
        }
    }

    private void readResponse(JsonCursor in) {
        if (dialect == Dialect.RESPONSES && in.enterObject()) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                readAnswer(in, name);
            }
        } else if (dialect != Dialect.RESPONSES) {
            in.skip();
        }
    }

    private void readAnswer(JsonCursor in, String name) {
        switch (name) {
            case "id" -> readId(in);
            case "model" -> model = orElse(in.string(), model);
            case "service_tier" -> serviceTier = orElse(in.string(), serviceTier);
            case "choices" -> choices.read(in);
            case "usage" -> readUsage(in);
            case "error" -> readError(in);
            case "status" -> status = orElse(in.string(), status);
            case "incomplete_details" -> incompleteReason = memberOf(in, "reason");
            case "output" -> readOutput(in);
            default -> in.skip();
        }
    }

    /** Events of transcriptions have an id of their segment there. */
    private void readId(JsonCursor in) {
        String found = in.string();
        if (dialect != Dialect.GENERIC || !streamed) {
            id = orElse(found, id);
        }
    }

    private void readUsage(JsonCursor in) {
        usageNameStart = in.nameStart();
        boolean chat = dialect == Dialect.CHAT || dialect == Dialect.COMPLETIONS;
        boolean isNull = in.peek() == 'n';
        usageNullEnd = 0;
        usageRead = in.peek() == '{' ? UsageReader.read(in) : null;
        if (usageRead == null) {
            in.skip();
            usageNullEnd = chat && isNull ? in.offset() : 0;
        }
    }

    private void readError(JsonCursor in) {
        if (in.peek() != '{') {
            String message = in.string();
            if (message != null && !message.isEmpty()) {
                hasError = true;
                error = new AnswerError(null, null, message);
            }
            return;
        }
        String errorType = null;
        String code = null;
        String message = null;
        in.enterObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "type" -> errorType = in.scalar();
                case "code" -> code = in.scalar();
                case "message" -> message = in.scalar();
                default -> in.skip();
            }
        }
        hasError = true;
        error = new AnswerError(errorType, code, message);
    }

    /** The piece of output in an event of the Responses API, of a transcription or of speech. */
    private void readDelta(JsonCursor in) {
        String piece = in.string();
        if (piece == null || piece.isEmpty() || !streamed) {
            return;
        }
        content = true;
        boolean audio =
                type.equals("response.audio.delta") || type.equals("response.output_audio.delta");
        if (text != null && !audio) {
            text.append(0, piece);
        }
    }

    private void readMedium(JsonCursor in) {
        boolean output = streamed && dialect == Dialect.GENERIC && !type.endsWith(".done");
        int start = in.offset();
        boolean isString = in.peek() == '"';
        in.skip();
        content |= output && isString && in.offset() - start > "\"\"".length();
    }

    /** The whole output; in a stream it has been read piece by piece before. */
    private void readOutput(JsonCursor in) {
        if (text == null || streamed || dialect != Dialect.RESPONSES) {
            in.skip();
        } else {
            OutputReader.read(in, text);
        }
    }

    private static @Nullable String memberOf(JsonCursor in, String member) {
        String value = null;
        if (in.enterObject()) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals(member)) {
                    value = in.string();
                } else {
                    in.skip();
                }
            }
        }
        return value;
    }

    private static @Nullable String orElse(@Nullable String found, @Nullable String before) {
        return found == null ? before : found;
    }
}
