package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The one request that a benchmark sends again and again. */
final class BenchRequestOptions {
    private static final String WORDS = "The quick brown fox jumps over the lazy dog. ";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "gpt-4o-mini",
            description = "Default: ${DEFAULT-VALUE}.")
    private String model = "gpt-4o-mini";

    @Option(names = "--stream", description = "Ask for streamed answers; adds first-token times.")
    private boolean stream;

    @Option(
            names = "--prompt-bytes",
            paramLabel = "COUNT",
            defaultValue = "300",
            description = "The prompt's length. Default: ${DEFAULT-VALUE}.")
    private int promptBytes = 300;

    @Option(
            names = "--max-tokens",
            paramLabel = "COUNT",
            defaultValue = "150",
            description = "The longest answer allowed. Default: ${DEFAULT-VALUE}.")
    private int maxTokens = 150;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "Send this file instead of a made-up chat request.")
    private @Nullable Path body;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "/chat/completions",
            description = "Behind each base URL. Default: ${DEFAULT-VALUE}.")
    private String path = "/chat/completions";

    @Option(
            names = "--header",
            paramLabel = "\"NAME: VALUE\"",
            description = "Send this header too. Repeat it. Keys belong in key-env=VARIABLE.")
    private List<String> headers = new ArrayList<>();

    /** The path behind a base URL. */
    String path() {
        if (!path.matches("/[!-~]*")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--path begins with a slash: /chat/completions");
        }
        return path;
    }

    /** Headers to add. */
    List<String> headers() {
        return headers;
    }

    /** The body, the same for every call. */
    String body() throws IOException {
        if (body != null) {
            return Files.readString(body, UTF_8);
        }
        if (promptBytes < 1 || promptBytes > 100_000_000 || maxTokens < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--prompt-bytes and --max-tokens are at least 1.");
        }
        String prompt = WORDS.repeat(promptBytes / WORDS.length() + 1).substring(0, promptBytes);
        ChatRequest request =
                new ChatRequest(
                        model,
                        List.of(new ChatMessage("user", prompt)),
                        1,
                        maxTokens,
                        null,
                        stream);
        return new String(request.json(), UTF_8);
    }
}
