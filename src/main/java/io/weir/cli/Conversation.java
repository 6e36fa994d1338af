package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A conversation in the terminal: reads lines, asks, prints, keeps account. One thread. */
final class Conversation {
    private static final String COMMANDS =
            """
            /system TEXT   say how the model should behave (empty: take it back)
            /model NAME    ask another model from here on
            /save FILE     write the conversation down: .json as the API takes it, else as text
            /reset         forget what was said
            /quit          end (so does Ctrl-D); Ctrl-C stops an answer
            """;

    private final Terminal terminal;
    private final ChatClient client;
    private final CostLookup costs;
    private final Transcript transcript = new Transcript();
    private String model = "";
    private @Nullable Double temperature;
    private boolean quiet;
    private Optional<CallCost> total = Optional.empty();
    private ExitCode exitCode = ExitCode.OK;

    Conversation(Terminal terminal, ChatClient client, CostLookup costs) {
        this.terminal = terminal;
        this.client = client;
        this.costs = costs;
    }

    void model(String name) {
        model = name;
    }

    void temperature(@Nullable Double value) {
        temperature = value;
    }

    void quiet(boolean value) {
        quiet = value;
    }

    void system(String text) {
        transcript.system(text);
    }

    /**
     * Reads and answers until the input ends. At a terminal a failed call is said and forgotten; in
     * a script it is the exit code.
     */
    ExitCode hold() throws IOException {
        greet();
        for (String line = next(); line != null; line = next()) {
            String said = line.strip();
            if (said.equals("/quit") || said.equals("/exit")) {
                break;
            }
            if (said.startsWith("/")) {
                command(said);
            } else if (!said.isEmpty()) {
                turn(said);
            }
        }
        return terminal.tty().in() ? ExitCode.OK : exitCode;
    }

    private void greet() {
        if (terminal.tty().in() && !quiet) {
            note("Talking to " + model + ". /help lists commands, /quit ends.");
        }
    }

    private @Nullable String next() throws IOException {
        if (terminal.tty().in()) {
            terminal.out().print(terminal.bold("> "));
            terminal.out().flush();
        }
        return terminal.in().readLine();
    }

    private void command(String said) {
        String[] parts = said.split("\\s+", 2);
        String rest = parts.length > 1 ? parts[1] : "";
        switch (parts[0]) {
            case "/help" -> terminal.out().print(COMMANDS);
            case "/system" -> {
                transcript.system(rest);
                note(rest.isBlank() ? "No system message." : "The model knows.");
            }
            case "/model" -> changeModel(rest);
            case "/reset" -> {
                transcript.reset();
                note("Forgotten.");
            }
            case "/save" -> save(rest);
            default -> note("No such command: " + parts[0] + ". /help lists them.");
        }
    }

    private void changeModel(String name) {
        if (name.isBlank()) {
            note("The model is " + model + ". Another one: /model NAME");
        } else {
            model = name;
            note("Talking to " + model + ".");
        }
    }

    private void save(String file) {
        if (file.isBlank()) {
            note("Where to? /save FILE");
            return;
        }
        try {
            Path path = Path.of(file);
            Files.writeString(
                    path, file.endsWith(".json") ? transcript.json() : transcript.text(), UTF_8);
            note("Saved to " + path + ".");
        } catch (IOException | InvalidPathException e) {
            note("Could not save to " + file + ": " + e.getMessage());
        }
    }

    private void turn(String question) {
        try {
            ChatAnswer answer = ask(question);
            terminal.out().println();
            String text = answer.texts().isEmpty() ? "" : answer.texts().getFirst();
            if (!text.isEmpty()) {
                transcript.add(question, text);
            }
            account(answer);
        } catch (CommandFailure e) {
            Thread.interrupted(); // a Ctrl-C that came too late is not for the next answer
            exitCode = e.exitCode();
            terminal.err().println("weir: " + e.getMessage());
        }
    }

    private ChatAnswer ask(String question) {
        ChatRequest request =
                new ChatRequest(model, transcript.with(question), 1, null, temperature, true);
        Thread asking = Thread.currentThread();
        try (Interrupts.Watch _ = terminal.interrupts().watch(asking::interrupt)) {
            return client.ask(request, this::piece);
        } finally {
            Thread.interrupted();
        }
    }

    private void piece(String text) {
        terminal.out().print(Printable.text(text));
        terminal.out().flush();
    }

    private void account(ChatAnswer answer) {
        if (quiet) {
            return;
        }
        if (answer.stopped()) {
            note("[stopped after " + Amounts.time(answer.elapsedNanos()) + "]");
            return;
        }
        CallCost cost = costs.of(answer);
        CallCost sum = total.map(before -> before.plus(cost)).orElse(cost);
        String sumText = total.isEmpty() ? "" : " · all: " + sum.text();
        total = Optional.of(sum);
        note("[" + Amounts.time(answer.elapsedNanos()) + " · " + cost.text() + sumText + "]");
    }

    private void note(String text) {
        terminal.out().println(terminal.dim(Printable.line(text)));
    }
}
