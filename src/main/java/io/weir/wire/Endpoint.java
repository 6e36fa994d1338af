package io.weir.wire;

import org.jspecify.annotations.Nullable;

/**
 * Which operation of the API a request asks for. The set is open: paths Weir has never heard of are
 * relayed too, named after their first segment.
 *
 * @param name the stored name, {@code chat.completions} for instance
 * @param operation OpenTelemetry's {@code gen_ai.operation.name}
 * @param dialect how its request and answer are read; {@link Dialect#OPAQUE} when they are not
 */
public record Endpoint(String name, String operation, Dialect dialect) {
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
        /** Relayed unread: files, lists, deletions, anything unknown. Never billed. */
        OPAQUE
    }

    public static final Endpoint CHAT_COMPLETIONS =
            new Endpoint("chat.completions", "chat", Dialect.CHAT);
    public static final Endpoint COMPLETIONS =
            new Endpoint("completions", "text_completion", Dialect.COMPLETIONS);
    public static final Endpoint RESPONSES = new Endpoint("responses", "chat", Dialect.RESPONSES);
    public static final Endpoint EMBEDDINGS =
            new Endpoint("embeddings", "embeddings", Dialect.EMBEDDINGS);
    public static final Endpoint MODERATIONS =
            new Endpoint("moderations", "moderation", Dialect.GENERIC);

    private static final String PREFIX = "/v1/";

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
            default -> opaque(firstSegment(path));
        };
    }

    /** Whether calls of this kind cost tokens. */
    public boolean billed() {
        return dialect != Dialect.OPAQUE;
    }

    private static Endpoint generic(String name, String operation) {
        return new Endpoint(name, operation, Dialect.GENERIC);
    }

    private static Endpoint opaque(@Nullable String name) {
        return new Endpoint(name == null ? "other" : name, "other", Dialect.OPAQUE);
    }

    private static @Nullable String firstSegment(String path) {
        if (!path.startsWith(PREFIX)) {
            return null;
        }
        int end = path.indexOf('/', PREFIX.length());
        String segment = path.substring(PREFIX.length(), end < 0 ? path.length() : end);
        return segment.matches("[a-z_]{1,40}") ? segment : null;
    }
}
