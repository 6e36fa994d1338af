package io.weir.cli;

import io.weir.app.Gateway;
import io.weir.app.WeirConfig;
import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.upstream.UpstreamConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir serve}: the gateway. */
@Command(
        name = "serve",
        description = {
            "Run the gateway until it is told to stop (Ctrl-C, or SIGTERM: calls under way may end).",
            "",
            "With OPENAI_API_KEY set, calls go to the OpenAI API. Without it they go to an emulator in this"
                    + " process: nothing leaves the machine, and nothing costs anything."
        },
        footer = {
            "",
            "Examples:",
            "  weir serve                                     try it, emulated",
            "  OPENAI_API_KEY=sk-... weir serve               the real API",
            "  weir serve --upstream http://10.0.0.7:8000/v1  any server that speaks OpenAI's API",
            "",
            "The provider's key is never given on the command line, where every user of the machine could read"
                    + " it: set OPENAI_API_KEY, or upstream.key in weir.yaml to env:NAME or file:PATH."
        })
final class Serve implements Callable<Integer> {
    private static final Path USUAL_CONFIG = Path.of("weir.yaml");

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on; 127.0.0.1 unless configured.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on; 8080 unless configured, 0 for any free one.")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory; weir-data, or WEIR_DATA, unless configured.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; weir.yaml, if there is one.")
    private @Nullable Path config;

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            description = "Where calls go, instead of the OpenAI API or the emulator.")
    private @Nullable String upstream;

    private final Terminal terminal;

    Serve(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        WeirConfig settled = settle();
        try {
            Gateway gateway = new Gateway(settled);
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform()
                                    .name("weir-stop")
                                    .unstarted(() -> stop(gateway, stopped)));
            greet(gateway, settled);
            stopped.await();
            return ExitCode.OK.number();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "Weir cannot start at %s:%d (%s). Is something else there? Choose another with --port."
                            .formatted(
                                    settled.server().host(),
                                    settled.server().port(),
                                    e.getMessage()),
                    e);
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private WeirConfig settle() {
        try {
            Settings settings = config != null ? Settings.read(config) : usual();
            Path dataHere =
                    data != null ? data : terminal.variable("WEIR_DATA").map(Path::of).orElse(null);
            return WeirConfig.from(
                    settings,
                    terminal.environment(),
                    new WeirConfig.Overrides(host, port, dataHere, upstream));
        } catch (ConfigException | IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static Settings usual() {
        return Files.isRegularFile(USUAL_CONFIG)
                ? Settings.read(USUAL_CONFIG)
                : Settings.defaults();
    }

    /** Written as one piece, its last line last: whoever waits for that line has all of it. */
    private void greet(Gateway gateway, WeirConfig settled) {
        String base = "http://" + shown(settled.server().host()) + ":" + gateway.port();
        UpstreamConfig real = settled.upstream();
        List<String> lines = new ArrayList<>();
        lines.add("  base URL   " + base + "/v1");
        lines.add(
                "  app key    %s   (%s)"
                        .formatted(gateway.appKey().reveal(), gateway.data().resolve("app.key")));
        lines.add(
                "  admin API  %s/admin/api   (key in %s)"
                        .formatted(base, gateway.data().resolve("admin.key")));
        lines.add(
                "  dashboard  %s/   (log in with the key in %s)"
                        .formatted(base, gateway.data().resolve("admin.key")));
        lines.add(
                "  upstream   "
                        + (real == null
                                ? "the embedded emulator"
                                : real.name() + ", " + real.baseUrl()));
        if (real == null) {
            lines.add("");
            lines.add(
                    terminal.bold(
                            "ANSWERS ARE EMULATED: no call leaves this machine. Set OPENAI_API_KEY for the real API."));
        } else if (!gateway.hasUpstreamKey()) {
            lines.add(
                    "             without a key of its own: set upstream.key, or store one with weir upstream-keys add");
        }
        lines.add(terminal.bold("Weir is ready."));
        terminal.out().print(String.join(System.lineSeparator(), lines) + System.lineSeparator());
        terminal.out().flush();
    }

    private void stop(Gateway gateway, CountDownLatch stopped) {
        terminal.err().println("Weir is stopping: calls under way may end.");
        try {
            gateway.close();
        } catch (IOException e) {
            terminal.err().println("weir: not everything was closed: " + e.getMessage());
        }
        stopped.countDown();
    }

    private static String shown(String host) {
        return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    }
}
