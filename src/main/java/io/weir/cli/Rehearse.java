package io.weir.cli;

import io.weir.access.Actor;
import io.weir.access.AdminToken;
import io.weir.access.Bounds;
import io.weir.access.Control;
import io.weir.access.GatewayKey;
import io.weir.access.KeyDesk;
import io.weir.access.Keyring;
import io.weir.access.NewSecret;
import io.weir.access.Project;
import io.weir.app.Gateway;
import io.weir.app.WeirConfig;
import io.weir.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code weir rehearse}: starts the gateway in a temporary directory and makes a few calls to its
 * emulator, so that a JVM that is recording an AOT cache sees what a start and a call need.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Start, make a few emulated calls, and stop.",
        footer = {"", "Example:", "  weir rehearse"})
final class Rehearse implements Callable<Integer> {
    private static final int ROUNDS = 20;
    private static final String PROJECT = "rehearsal";
    private static final int KEYS = 100;
    private static final int READS = 100;
    private static final String FAST = "emulator:\n  first_token: 0ms\n  per_token: 0ms\n";

    private final Terminal terminal;

    Rehearse(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("weir-rehearsal");
        try {
            WeirConfig config =
                    WeirConfig.from(
                            Settings.parse(FAST, "the rehearsal"),
                            Map.of(),
                            new WeirConfig.Overrides("127.0.0.1", 0, directory, null));
            readKeys(directory.resolve("control"));
            try (Gateway gateway = new Gateway(config)) {
                converse("http://127.0.0.1:" + gateway.port() + "/v1", directory.toString());
            }
            return ExitCode.OK.number();
        } finally {
            delete(directory);
        }
    }

    /** Reads a log of some keys, again and again, as a start reads that of very many. */
    private static void readKeys(Path directory) throws IOException {
        InstantSource clock = InstantSource.system();
        try (Control control = control(directory, clock)) {
            KeyDesk desk =
                    new KeyDesk(
                            control,
                            keyring(control, clock),
                            new NewSecret(new SecureRandom()),
                            clock);
            desk.createProject(Actor.WEIR, PROJECT, project -> project);
            for (int key = 0; key < KEYS; key++) {
                desk.create(
                        Actor.WEIR,
                        PROJECT,
                        new KeyDesk.Wanted("key", "", List.of(), Bounds.NONE, null));
            }
        }
        for (int read = 0; read < READS; read++) {
            try (Control control = control(directory, clock)) {
                keyring(control, clock);
            }
        }
    }

    private static Control control(Path directory, InstantSource clock) throws IOException {
        return Control.open(
                directory, clock, List.of(Project.KIND, GatewayKey.KIND, AdminToken.KIND));
    }

    private static Keyring keyring(Control control, InstantSource clock) {
        return new Keyring(
                control.register(GatewayKey.KIND),
                control.register(Project.KIND),
                List.of(),
                clock);
    }

    private void converse(String baseUrl, String data) {
        for (int round = 0; round < ROUNDS; round++) {
            Main.run(terminal, "ask", "--base-url", baseUrl, "--data", data, "What is a weir?");
            Main.run(
                    terminal,
                    "ask",
                    "--base-url",
                    baseUrl,
                    "--data",
                    data,
                    "--stream",
                    "What is a weir?");
        }
        Main.run(terminal, "report", "--base-url", baseUrl, "--data", data, "latency");
        Main.run(terminal, "calls", "--base-url", baseUrl, "--data", data);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
