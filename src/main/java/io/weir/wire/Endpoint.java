package io.weir.wire;

import java.util.regex.Pattern;

/**
 * Which operation of the API a request asks for. The set is open: paths Weir has never heard of are
 * relayed too, named after their first segment.
 *
 * @param name the stored name, {@code chat.completions} for instance
 * @param operation OpenTelemetry's {@code gen_ai.operation.name}
 * @param dialect how its request and answer are read; {@link Dialect#OPAQUE} when they are not
 * @param unmetered whether the provider may charge for it what Weir does not see
 */
public record Endpoint(String name, String operation, Dialect dialect, boolean unmetered) {
    /** The shapes of request and answer that Weir reads. */
    public enum Dialect {
        /** {@code POST /v1/chat/completions}. */
        CHAT,
        /** {@code POST /v1/completions}. */
        COMPLETIONS,
        /** {@code POST /v1/responses}. */
        RESPONSES,
        /** {@code POST /v1/embeddings}. */
        EMBEDDINGS,
        /**
         * Other JSON requests that name a model and whose answer may carry a {@code usage} object:
         * images, audio, moderations.
         */
        GENERIC,
        /** Relayed unread: files, lists, deletions, batches, anything unknown. */
        OPAQUE
    }

    public static final Endpoint CHAT_COMPLETIONS =
            metered("chat.completions", "chat", Dialect.CHAT);
    public static final Endpoint COMPLETIONS =
            metered("completions", "text_completion", Dialect.COMPLETIONS);
    public static final Endpoint RESPONSES = metered("responses", "chat", Dialect.RESPONSES);
    public static final Endpoint EMBEDDINGS =
            metered("embeddings", "embeddings", Dialect.EMBEDDINGS);
    public static final Endpoint MODERATIONS =
            metered("moderations", "moderation", Dialect.GENERIC);

    private static final String PREFIX = "/v1/";

    /**
     * What may be posted and costs nothing. Everything else that is posted unread may cost
     * something: batches, fine-tuning, runs of assistants, videos, and whatever the API gets next.
     * Names are as the provider makes them, so that none is another path to its router.
     */
    private static final Pattern FREE_POSTS =
            Pattern.compile(
                    """
                    files|uploads(/ID/(parts|complete|cancel))?\
                    |chat/completions/ID|responses/input_tokens\
                    |conversations(/ID(/items)?)?|assistants(/ID)?\
                    |threads(/(?!runs$)ID(/messages(/ID)?|/runs/ID)?)?\
                    |[a-z_]+(/ID)+/(cancel|pause|hangup|reject)\
                    """
                            .replace("ID", "[A-Za-z0-9_-]+"));

    /**
     * The endpoint of a request.
     *
     * @param path the path alone, beginning with {@code /v1/}
     */
    public static Endpoint of(String method, String path) {
        boolean post = method.equals("POST");
        return switch (path) {
            case "/v1/chat/completions" -> post ? CHAT_COMPLETIONS : opaque("chat.completions");
            case "/v1/completions" -> post ? COMPLETIONS : opaque("completions");
            case "/v1/responses" -> post ? RESPONSES : opaque("responses");
            case "/v1/embeddings" -> post ? EMBEDDINGS : opaque("embeddings");
            case "/v1/moderations" -> post ? MODERATIONS : opaque("moderations");
            case "/v1/images/generations", "/v1/images/edits", "/v1/images/variations" ->
                    post ? generic("images", "image_generation") : opaque("images");
            case "/v1/audio/speech" -> post ? generic("audio.speech", "speech") : opaque("audio");
            case "/v1/audio/transcriptions" ->
                    post ? generic("audio.transcriptions", "transcription") : opaque("audio");
            case "/v1/audio/translations" ->
                    post ? generic("audio.translations", "translation") : opaque("audio");
            default ->
                    new Endpoint(
                            firstSegment(path),
                            "other",
                            Dialect.OPAQUE,
                            asksForWork(method) && !isFree(path));
        };
    }

    /** Whether calls of this kind are read for what they cost. */
    public boolean billed() {
        return dialect != Dialect.OPAQUE;
    }

    /** Whether the provider may charge for calls of this kind. */
    public boolean charged() {
        return billed() || unmetered;
    }

    private static Endpoint generic(String name, String operation) {
        return metered(name, operation, Dialect.GENERIC);
    }

    private static Endpoint metered(String name, String operation, Dialect dialect) {
        return new Endpoint(name, operation, dialect, false);
    }

    private static Endpoint opaque(String name) {
        return new Endpoint(name, "other", Dialect.OPAQUE, false);
    }

    private static boolean asksForWork(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "DELETE" -> false;
            default -> true;
        };
    }

    private static boolean isFree(String path) {
        return path.startsWith(PREFIX)
                && FREE_POSTS.matcher(path).region(PREFIX.length(), path.length()).matches();
    }

    private static String firstSegment(String path) {
        if (!path.startsWith(PREFIX)) {
            return "other";
        }
        int end = path.indexOf('/', PREFIX.length());
        String segment = path.substring(PREFIX.length(), end < 0 ? path.length() : end);
        return segment.matches("[a-z_]{1,40}") ? segment : "other";
    }
}
