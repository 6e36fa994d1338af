package io.weir.wire;

import io.weir.wire.Endpoint.Dialect;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a request's body says of itself: JSON, read in one pass when first asked, or a form's
 * fields, read while it passes. Never throws, whatever the bytes are; members of a wrong type count
 * as absent. Belongs to its call's thread; the body must not change under it.
 */
public final class RequestView {
    private final byte[] body;
    private final Dialect dialect;
    private @Nullable RequestReader read;

    private RequestView(byte[] body, Dialect dialect) {
        this.body = body;
        this.dialect = dialect;
    }

    /** The view of a body, which is not copied. */
    public static RequestView of(byte[] body, Dialect dialect) {
        return new RequestView(body, dialect);
    }

    /** The view of a body that is no JSON and is read elsewhere; it grows with what is read. */
    static RequestView of(RequestReader read) {
        RequestView view = new RequestView(new byte[0], Dialect.GENERIC);
        view.read = read;
        return view;
    }

    /** The model that is asked for. */
    public Optional<String> model() {
        return Optional.ofNullable(read().model);
    }

    /** Whether the answer shall be streamed. */
    public boolean stream() {
        return read().stream;
    }

    /** {@code n}; 1 where it is absent. */
    public int choices() {
        long choices = read().choices;
        return choices < 0 ? 1 : (int) Math.min(choices, Integer.MAX_VALUE);
    }

    /**
     * The bound on output tokens: {@code max_completion_tokens}, {@code max_tokens} or {@code
     * max_output_tokens}, the first of them that is there.
     */
    public OptionalLong maxTokens() {
        RequestReader r = read();
        if (r.maxCompletionTokens >= 0) {
            return OptionalLong.of(r.maxCompletionTokens);
        }
        long bound = r.maxTokens >= 0 ? r.maxTokens : r.maxOutputTokens;
        return bound < 0 ? OptionalLong.empty() : OptionalLong.of(bound);
    }

    /** Whom the client asks for: {@code safety_identifier}, or else {@code user}. */
    public Optional<String> endUser() {
        RequestReader r = read();
        return Optional.ofNullable(r.safetyIdentifier != null ? r.safetyIdentifier : r.user);
    }

    /** The service tier that is asked for. */
    public Optional<String> serviceTier() {
        return Optional.ofNullable(read().serviceTier);
    }

    /** {@code stream_options.include_usage}, where it is true or false. */
    public Optional<Boolean> includeUsage() {
        StreamOptions options = read().streamOptions;
        return options == null ? Optional.empty() : Optional.ofNullable(options.includeUsage());
    }

    /** The number of tools on offer. */
    public int tools() {
        return read().tools;
    }

    /**
     * {@code response_format.type}, or {@code text.format.type}, or a plain {@code
     * response_format}.
     */
    public Optional<String> responseFormat() {
        return Optional.ofNullable(read().responseFormat);
    }

    /**
     * Why the body is not a JSON object in UTF-8, as a sentence without its full stop; empty where
     * it is one. What was read before the fault is still told.
     */
    public Optional<String> malformed() {
        return Optional.ofNullable(read().problem);
    }

    /**
     * The members Weir knows that are there twice in one object. Parsers differ in which one they
     * take: a second {@code model} can smuggle another model past a guard.
     */
    public List<String> duplicateKeys() {
        return read().duplicateNames();
    }

    /**
     * The body with {@code stream_options.include_usage} set, all other bytes as they were; the
     * body itself where it is set already or can not be: unstreamed requests, other dialects,
     * malformed bodies, options of a wrong type.
     */
    public byte[] withUsageAsked() {
        RequestReader r = read();
        boolean knowsUsage = dialect == Dialect.CHAT || dialect == Dialect.COMPLETIONS;
        if (!knowsUsage || !r.stream || r.problem != null) {
            return body;
        }
        StreamOptions options = r.streamOptions;
        Splice splice = options == null ? StreamOptions.added(r.behindBrace) : options.asking();
        return splice == null ? body : splice.applyTo(body);
    }

    /**
     * The body with another model, all other bytes as they were; empty where it names none, or is
     * malformed.
     */
    public Optional<byte[]> withModel(String model) {
        RequestReader r = read();
        if (r.modelStart < 0 || r.model == null || r.problem != null) {
            return Optional.empty();
        }
        String quoted = Json.MAPPER.writeValueAsString(model);
        return Optional.of(new Splice(r.modelStart, r.modelEnd, quoted).applyTo(body));
    }

    /**
     * Whether the answer is made of this request alone, and nobody but its asker gets it: it goes
     * on from nothing the provider has kept, and the provider keeps nothing of it. The Responses
     * API keeps what it is not told to forget.
     */
    public boolean standsAlone() {
        RequestReader r = read();
        boolean kept = r.store == null ? dialect == Dialect.RESPONSES : r.store;
        return r.problem == null && !kept && !r.refersElsewhere && !r.background;
    }

    /** Whether the work is done after the answer, which then does not say what it has used. */
    public boolean background() {
        return dialect == Dialect.RESPONSES && read().background;
    }

    /**
     * Takes a part of a body; {@link java.security.MessageDigest#update(byte[], int, int)} does.
     */
    @FunctionalInterface
    public interface Part {
        /** Takes so many bytes from there on. */
        void take(byte[] bytes, int offset, int length);
    }

    /**
     * Gives every part of the body that may change its answer, in order: all but the members that
     * say who asks ({@code user}, {@code safety_identifier}, {@code metadata}) and those for the
     * provider's own cache of prompts.
     */
    public void eachPartThatCounts(Part part) {
        eachPartOutside(read().asides, part);
    }

    /**
     * Gives the parts of the body that make the prompt, in the order in which providers put them
     * together and remember them: tools, instructions, what is said.
     */
    public void eachPartOfPrompt(Part part) {
        int[] spans = read().prompt;
        for (int i = 0; i < spans.length; i += 2) {
            part.take(body, spans[i], spans[i + 1] - spans[i]);
        }
    }

    /** Gives every part of the body that may change its answer and is not of its prompt. */
    public void eachPartBesidesPrompt(Part part) {
        int[] asides = read().asides;
        int[] prompt = read().prompt;
        int[] spans = Arrays.copyOf(asides, asides.length + prompt.length);
        System.arraycopy(prompt, 0, spans, asides.length, prompt.length);
        // No two overlap: with starts and ends in order each is beside its own again.
        Arrays.sort(spans);
        eachPartOutside(spans, part);
    }

    private void eachPartOutside(int[] spans, Part part) {
        int start = 0;
        for (int i = 0; i < spans.length; i += 2) {
            part.take(body, start, spans[i] - start);
            start = spans[i + 1];
        }
        part.take(body, start, body.length - start);
    }

    /** The text whose tokens the request will be billed for. Makes a tree: not for every call. */
    public PromptText promptText() {
        return read().problem == null ? PromptReader.read(body) : PromptText.NONE;
    }

    private RequestReader read() {
        RequestReader done = read;
        if (done == null) {
            done = RequestReader.read(body);
            read = done;
        }
        return done;
    }
}
