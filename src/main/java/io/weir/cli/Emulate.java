package io.weir.cli;

import io.weir.app.EmulatorHandler;
import io.weir.app.ModelTokens;
import io.weir.emulator.Emulator;
import io.weir.emulator.EmulatorConfig;
import io.weir.http.HttpServer;
import io.weir.http.ServerConfig;
import io.weir.tokens.TokenCounter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir emulate}: the emulator alone. */
@Command(
        name = "emulate",
        description = {
            "Run an emulator of the ChatGPT API: it speaks the protocol, counts real tokens, takes its time,"
                    + " and fails on demand, by the model's name. What it says is made up.",
        },
        footer = {
            "",
            "Examples:",
            "  weir emulate --port 9000",
            "  weir emulate --fast                                  no delays, for tests and benchmarks",
            "  weir ask hello --base-url http://127.0.0.1:9000/v1 --model error-429",
            "",
            "GET /v1/models lists every model; docs/emulator.md says what each failure teaches."
        })
final class Emulate implements Callable<Integer> {
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; default ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9000",
            description = "Port to listen on, 0 for any free one; default ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--fast", description = "Answer without delays.")
    private boolean fast;

    @Option(
            names = "--first-token",
            paramLabel = "MS",
            defaultValue = "350",
            description = "Median wait for the first token; default ${DEFAULT-VALUE} ms.")
    private int firstTokenMillis;

    @Option(
            names = "--per-token",
            paramLabel = "MS",
            defaultValue = "18",
            description = "Median wait for each further token; default ${DEFAULT-VALUE} ms.")
    private int perTokenMillis;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What ids and delays are drawn from; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--no-key", description = "Answer requests without a key too.")
    private boolean noKey;

    private final Terminal terminal;

    Emulate(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Emulator emulator =
                new Emulator(
                        config(),
                        new ModelTokens(new TokenCounter())::tokens,
                        InstantSource.system(),
                        seed);
        try (HttpServer server =
                HttpServer.start(ServerConfig.of(host, port), new EmulatorHandler(emulator))) {
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform()
                                    .unstarted(() -> server.drain(Duration.ofSeconds(5))));
            terminal.out()
                    .println(
                            terminal.bold("ANSWERS ARE EMULATED")
                                    + ": http://"
                                    + host
                                    + ":"
                                    + server.port()
                                    + "/v1"
                                    + (noKey ? "" : " with any key"));
            terminal.out().flush();
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "The emulator cannot start at %s:%d (%s). Choose another with --port."
                            .formatted(host, port, e.getMessage()),
                    e);
        }
        return ExitCode.OK.number();
    }

    private EmulatorConfig config() {
        EmulatorConfig speed =
                fast
                        ? EmulatorConfig.zero()
                        : new EmulatorConfig(
                                Duration.ofMillis(firstTokenMillis),
                                Duration.ofMillis(perTokenMillis),
                                EmulatorConfig.realistic().jitter(),
                                true);
        return noKey ? speed.withoutKey() : speed;
    }
}
