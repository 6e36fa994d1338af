package io.weir.cli;

import io.weir.call.Cost;
import io.weir.wire.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weir ask}: one question, its answers, and what they took. */
@Command(
        name = "ask",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Ask a model one question; print the answers, the time, tokens and cost.",
        footer = {
            "",
            "Examples:",
            "  weir ask \"What's a good book for a rainy day? Please name 2.\" -n 3",
            "  git diff | weir ask - --system \"You review code.\" --stream",
            "  weir ask hello --base-url https://api.openai.com/v1   (with OPENAI_API_KEY set)"
        })
final class Ask implements Callable<Integer> {
    @Mixin private final ServerOptions server = new ServerOptions();

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..*",
            description = "The question; - reads it from standard input.")
    private List<String> prompt = new ArrayList<>();

    @Option(names = "--system", paramLabel = "TEXT", description = "How the model should behave.")
    private @Nullable String system;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "gpt-4o-mini",
            description = "Default: ${DEFAULT-VALUE}.")
    private String model = "gpt-4o-mini";

    @Option(
            names = {"-n", "--choices"},
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "How many answers to ask for. Default: ${DEFAULT-VALUE}.")
    private int choices = 1;

    @Option(
            names = "--max-tokens",
            paramLabel = "COUNT",
            description = "The longest answer allowed.")
    private @Nullable Integer maxTokens;

    @Option(names = "--temperature", paramLabel = "T", description = "0 to 2.")
    private @Nullable Double temperature;

    @Option(names = "--stream", description = "Print the answer as it is made.")
    private boolean stream;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the answers only.")
    private boolean quiet;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final Terminal terminal;

    private boolean begun;

    Ask(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        ChatRequest request = request();
        Optional<Key> adminKey = server.adminKey(terminal);
        try (Server api = new Server(server.address(terminal), server.appKey(terminal));
                Server ledger = new Server(server.address(terminal), adminKey)) {
            boolean live = stream && !json && choices == 1;
            ChatAnswer answer = ask(new ChatClient(api, terminal.ticker()), request, live);
            CostLookup costs =
                    new CostLookup(
                            adminKey.map(key -> ledger),
                            Prices.shipped(),
                            InstantSource.system(),
                            terminal.ticker());
            print(answer, live, costs);
        }
        return ExitCode.OK.number();
    }

    private ChatAnswer ask(ChatClient client, ChatRequest request, boolean live) {
        try {
            return client.ask(request, live ? this::piece : piece -> {});
        } catch (CommandFailure failure) {
            if (begun) {
                terminal.out().println();
            }
            throw failure;
        }
    }

    private ChatRequest request() throws IOException {
        List<ChatMessage> messages = new ArrayList<>();
        if (system != null) {
            messages.add(new ChatMessage("system", system));
        }
        messages.add(new ChatMessage("user", question()));
        return new ChatRequest(model, messages, choices, maxTokens, temperature, stream);
    }

    private String question() throws IOException {
        boolean fromInput =
                prompt.equals(List.of("-")) || (prompt.isEmpty() && !terminal.tty().in());
        String question =
                fromInput
                        ? terminal.in().lines().collect(Collectors.joining("\n"))
                        : String.join(" ", prompt);
        if (question.isBlank()) {
            throw new CommandFailure(ExitCode.USAGE, "Ask something: weir ask \"What is a weir?\"");
        }
        return question;
    }

    private void piece(String text) {
        begun = true;
        terminal.out().print(Printable.text(text));
        terminal.out().flush();
    }

    private void print(ChatAnswer answer, boolean live, CostLookup costs) {
        if (json) {
            terminal.out().println(json(answer, costs.of(answer)));
            return;
        }
        if (live) {
            terminal.out().println();
        } else {
            printTexts(answer);
        }
        if (!quiet) {
            terminal.out().println();
            terminal.out().println(terminal.dim(figures(answer, costs.of(answer))));
        }
    }

    private void printTexts(ChatAnswer answer) {
        int number = 0;
        for (String text : answer.texts()) {
            number++;
            String label = answer.texts().size() > 1 ? terminal.bold(number + ".") + " " : "";
            terminal.out().println(label + Printable.text(text.strip()));
        }
    }

    private static String figures(ChatAnswer answer, CallCost cost) {
        String firstToken =
                answer.firstTokenNanos() == 0
                        ? ""
                        : " (first token after " + Amounts.time(answer.firstTokenNanos()) + ")";
        return "%s%s · %s · %s"
                .formatted(
                        Amounts.time(answer.elapsedNanos()),
                        firstToken,
                        cost.text(),
                        Printable.line(answer.model()));
    }

    private static ObjectNode json(ChatAnswer answer, CallCost cost) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode all = json.putArray("choices");
        answer.texts().forEach(all::add);
        ArrayNode reasons = json.putArray("finish_reasons");
        answer.finishReasons().forEach(reasons::add);
        json.put("model", answer.model());
        json.put("call_id", answer.callId().orElse(null));
        json.put("elapsed_us", answer.elapsedNanos() / 1_000);
        json.put(
                "first_token_us",
                answer.firstTokenNanos() == 0 ? null : answer.firstTokenNanos() / 1_000);
        json.put("total_input_tokens", cost.inputTokens());
        json.put("total_output_tokens", cost.outputTokens());
        json.put("usage_confidence", cost.confidence());
        json.put("cost_nano_usd", cost.cost().nanoUsdOrNull());
        json.put("unpriced_reason", cost.cost() instanceof Cost.Unpriced un ? un.reason() : null);
        return json;
    }
}
