package io.weir.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks a server's admin API, with the key that may. */
abstract class AdminCommand implements Callable<Integer> {
    @Mixin private final ServerOptions server = new ServerOptions();

    private final Terminal terminal;

    AdminCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() throws InterruptedException {
        try (Server admin = new Server(server.address(terminal), server.adminKeyFirst(terminal))) {
            return ask(admin, terminal).number();
        }
    }

    abstract ExitCode ask(Server admin, Terminal terminal) throws InterruptedException;
}
