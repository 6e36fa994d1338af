package io.weir.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code weir tail}: calls as they end. */
@Command(
        name = "tail",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Show calls live, each when it ends, until Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  weir tail",
            "  weir tail --json | jq 'select(.status >= 400)'"
        })
final class TailCalls implements Callable<Integer> {
    @Mixin private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            description = "End after so many calls. Default: never.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    private final Terminal terminal;

    TailCalls(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Server admin = new Server(server.address(terminal), server.adminKeyFirst(terminal));
                Events events = new Events(admin.admin("/tail").body())) {
            follow(admin, events);
            return ExitCode.OK.number();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NOT_REACHABLE, "The connection to Weir broke. Run it again.", e);
        }
    }

    private void follow(Server admin, Events events) throws IOException {
        if (!json) {
            terminal.out().println(terminal.dim(CallTable.liveHeader()));
        }
        for (long shown = 0; shown < limit; shown++) {
            Optional<String> event = events.next();
            if (event.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.NOT_REACHABLE,
                        "Weir stopped. When it runs again, run this again.");
            }
            JsonNode call = admin.json(event.get());
            terminal.out().println(json ? call.toString() : CallTable.liveLine(call));
        }
    }
}
