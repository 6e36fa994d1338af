package io.weir.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a request's body. Where a member is there twice the last one counts, as in most
 * parsers. Mutable while it reads, then only read; belongs to its {@link RequestView}.
 */
final class RequestReader {
    private static final KnownNames NAMES =
            KnownNames.of(
                    "model",
                    "stream",
                    "stream_options",
                    "include_usage",
                    "n",
                    "max_completion_tokens",
                    "max_tokens",
                    "max_output_tokens",
                    "user",
                    "safety_identifier",
                    "service_tier",
                    "tools",
                    "response_format",
                    "text",
                    "format",
                    "type",
                    "messages",
                    "prompt",
                    "input",
                    "instructions",
                    "store",
                    "previous_response_id",
                    "conversation",
                    "background",
                    "metadata",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "functions");

    private static final int TOOLS = 0;
    private static final int INSTRUCTIONS = 1;
    private static final int SAID = 2;
    private static final int PROMPT_PARTS = 3;

    @Nullable String model;
    boolean stream;
    long choices = -1;
    long maxCompletionTokens = -1;
    long maxTokens = -1;
    long maxOutputTokens = -1;
    @Nullable String user;
    @Nullable String safetyIdentifier;
    @Nullable String serviceTier;
    int tools;
    @Nullable String responseFormat;
    @Nullable StreamOptions streamOptions;
    @Nullable String problem;
    int behindBrace;
    int modelStart = -1;
    int modelEnd;
    @Nullable Boolean store;
    boolean refersElsewhere;
    boolean background;

    /**
     * Where the members begin and end that change nothing of an answer, the comma before them
     * included.
     */
    int[] asides = {};

    /**
     * Where the values begin and end that make the prompt, in the order in which providers put
     * them: tools, then instructions, then what is said. A value that is not there has no length.
     */
    final int[] prompt = new int[2 * PROMPT_PARTS];

    private long seen;
    private long seenTwice;

    /** Reads a body; whatever it is, nothing is thrown. */
    static RequestReader read(byte[] body) {
        RequestReader reader = new RequestReader();
        try {
            reader.readBody(body);
        } catch (MalformedJson malformed) {
            reader.problem = "the body is not valid JSON: it " + malformed.problem();
        }
        return reader;
    }

    /** The known names that were there more than once in one object. */
    List<String> duplicateNames() {
        List<String> duplicates = new ArrayList<>();
        for (long left = seenTwice; left != 0; left &= left - 1) {
            duplicates.add(NAMES.name(Long.numberOfTrailingZeros(left)));
        }
        if (streamOptions != null && streamOptions.duplicate()) {
            duplicates.add("include_usage");
        }
        return duplicates;
    }

    private void readBody(byte[] body) {
        JsonCursor in = new JsonCursor(body, 0, body.length, NAMES);
        if (Utf8.looksWider(body)) {
            problem = "the body is not UTF-8 but a wider encoding";
            return;
        }
        behindBrace = in.offset() + 1;
        if (in.enterObject()) {
            readMembers(in);
        } else {
            problem = "the body is JSON, but not an object";
        }
        in.finish();
        if (!Utf8.valid(body)) {
            problem = "the body is not valid UTF-8";
        }
    }

    private void readMembers(JsonCursor in) {
        int start = in.offset();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (in.nameIndex() != KnownNames.UNKNOWN) {
                long bit = 1L << in.nameIndex();
                seenTwice |= seen & bit;
                seen |= bit;
            }
            int value = in.offset();
            readMember(in, name);
            notePrompt(name, value, in.offset());
            if (isAside(name)) {
                asides = Arrays.copyOf(asides, asides.length + 2);
                asides[asides.length - 2] = start;
                asides[asides.length - 1] = in.offset();
            }
            start = in.offset();
        }
    }

    /** Who asks, and how the provider's own cache of prompts is to be used. */
    private static boolean isAside(String name) {
        return switch (name) {
            case "user",
                    "safety_identifier",
                    "metadata",
                    "prompt_cache_key",
                    "prompt_cache_retention" ->
                    true;
            default -> false;
        };
    }

    private void notePrompt(String name, int from, int to) {
        int part =
                switch (name) {
                    case "tools", "functions" -> TOOLS;
                    case "instructions" -> INSTRUCTIONS;
                    case "messages", "prompt", "input" -> SAID;
                    default -> -1;
                };
        if (part >= 0) {
            prompt[2 * part] = from;
            prompt[2 * part + 1] = to;
        }
    }

    private void readMember(JsonCursor in, String name) {
        switch (name) {
            case "model" -> readModel(in);
            case "stream" -> stream = in.isTrue();
            case "stream_options" -> streamOptions = StreamOptions.read(in);
            case "n" -> choices = in.count();
            case "max_completion_tokens" -> maxCompletionTokens = in.count();
            case "max_tokens" -> maxTokens = in.count();
            case "max_output_tokens" -> maxOutputTokens = in.count();
            case "user" -> user = in.string();
            case "safety_identifier" -> safetyIdentifier = in.string();
            case "service_tier" -> serviceTier = in.string();
            case "tools" -> tools = elements(in);
            case "response_format" -> responseFormat = typeOf(in);
            case "text" -> readText(in);
            case "store" -> store = flag(in);
            case "previous_response_id", "conversation" -> refersElsewhere |= isThere(in);
            case "background" -> background = isThere(in);
            default -> in.skip();
        }
    }

    private static @Nullable Boolean flag(JsonCursor in) {
        byte first = in.peek();
        in.skip();
        return first == 't' ? Boolean.TRUE : first == 'f' ? Boolean.FALSE : null;
    }

    private static boolean isThere(JsonCursor in) {
        byte first = in.peek();
        in.skip();
        return first != 'n' && first != 'f';
    }

    private void readModel(JsonCursor in) {
        modelStart = in.offset();
        model = in.string();
        modelEnd = in.offset();
    }

    /** The Responses API keeps its format in {@code text.format}. */
    private void readText(JsonCursor in) {
        if (!in.enterObject()) {
            return;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (name.equals("format")) {
                responseFormat = typeOf(in);
            } else {
                in.skip();
            }
        }
    }

    /** The value itself where it is a string, as images and speech have it. */
    private static @Nullable String typeOf(JsonCursor in) {
        if (in.peek() != '{') {
            return in.string();
        }
        String type = null;
        in.enterObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (name.equals("type")) {
                type = in.string();
            } else {
                in.skip();
            }
        }
        return type;
    }

    private static int elements(JsonCursor in) {
        int count = 0;
        if (in.enterArray()) {
            while (in.nextElement()) {
                in.skip();
                count++;
            }
        }
        return count;
    }
}
