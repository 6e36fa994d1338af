package io.weir.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code weir status}: how the running Weir is. */
@Command(
        name = "status",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Say how the running Weir is: journal, store, upstreams, calls in flight.",
        footer = {"", "Example:", "  weir status", "  weir status --json | jq ."})
final class PrintStatus implements Callable<Integer> {
    @Mixin private final ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final Terminal terminal;

    PrintStatus(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Server admin = new Server(server.address(terminal), server.adminKeyFirst(terminal))) {
            JsonNode status = admin.adminJson("/status");
            if (json) {
                terminal.out().println(status);
            } else {
                Columns columns = new Columns("ll");
                flatten("", status, columns);
                columns.lines().forEach(terminal.out()::println);
            }
        }
        return ExitCode.OK.number();
    }

    private static void flatten(String path, JsonNode value, Columns columns) {
        if (value.isObject()) {
            value.properties()
                    .forEach(member ->
                            flatten(
                                    path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                                    member.getValue(),
                                    columns));
        } else {
            String text = value.isArray() ? value.toString() : value.asString("");
            columns.row(Printable.line(path), Printable.line(text));
        }
    }
}
