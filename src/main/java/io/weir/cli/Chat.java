package io.weir.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir chat}: a conversation in the terminal. */
@Command(
        name = "chat",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Hold a conversation with a model in the terminal.",
            "Answers are printed as they are made, the running tokens and cost after each.",
            "Ctrl-C stops an answer; /quit ends the conversation."
        },
        footer = {
            "",
            "In the conversation:",
            "  /system TEXT   say how the model should behave      /model NAME   change the model",
            "  /save FILE     write it down (.json, or text)       /reset        forget it all",
            "  /help          list these                           /quit         end",
            "",
            "Examples:",
            "  weir chat --system \"Answer in one sentence.\"",
            "  printf 'hello\\nand again\\n' | weir chat"
        })
final class Chat implements Callable<Integer> {
    @Mixin private final ServerOptions server = new ServerOptions();

    @Option(names = "--system", paramLabel = "TEXT", description = "How the model should behave.")
    private @Nullable String system;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "gpt-4o-mini",
            description = "Default: ${DEFAULT-VALUE}.")
    private String model = "gpt-4o-mini";

    @Option(names = "--temperature", paramLabel = "T", description = "0 to 2.")
    private @Nullable Double temperature;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the answers only.")
    private boolean quiet;

    private final Terminal terminal;

    Chat(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Key> adminKey = server.adminKey(terminal);
        try (Server api = new Server(server.address(terminal), server.appKey(terminal));
                Server ledger = new Server(server.address(terminal), adminKey)) {
            CostLookup costs =
                    new CostLookup(
                            adminKey.map(key -> ledger),
                            Prices.shipped(),
                            InstantSource.system(),
                            terminal.ticker());
            Conversation conversation =
                    new Conversation(terminal, new ChatClient(api, terminal.ticker()), costs);
            conversation.model(model);
            conversation.temperature(temperature);
            conversation.quiet(quiet);
            Optional.ofNullable(system).ifPresent(conversation::system);
            return conversation.hold().number();
        }
    }
}
