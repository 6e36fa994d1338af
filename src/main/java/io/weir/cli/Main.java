package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.replay.BadTrace;
import io.weir.replay.BenchFailed;
import io.weir.replay.TargetUnreachable;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where {@code weir} starts: finds the command and runs it. */
public final class Main {
    private static final int HELP_WIDTH = 100;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Terminal.system(), args));
    }

    /** Runs one command; returns its exit code. */
    static int run(Terminal terminal, String... args) {
        CommandLine weir = new CommandLine(new Weir(), factory(terminal));
        for (Commands.Entry entry : needed(args)) {
            weir.addSubcommand(entry.name(), entry.type());
        }
        weir.setColorScheme(
                CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
        weir.setUsageHelpWidth(HELP_WIDTH);
        weir.setOut(new PrintWriter(terminal.out(), true, UTF_8));
        weir.setErr(new PrintWriter(terminal.err(), true, UTF_8));
        weir.setParameterExceptionHandler((problem, arguments) -> misused(problem, terminal));
        weir.setExecutionExceptionHandler((problem, command, parsed) -> failed(problem, terminal));
        return weir.execute(args);
    }

    /** The one command that is named, so that the others' options need not be looked at. */
    private static List<Commands.Entry> needed(String[] args) {
        return args.length == 0
                ? Commands.ALL
                : Commands.named(args[0]).map(List::of).orElse(Commands.ALL);
    }

    private static IFactory factory(Terminal terminal) {
        IFactory plain = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                    if (List.of(constructor.getParameterTypes()).equals(List.of(Terminal.class))) {
                        return type.cast(constructor.newInstance(terminal));
                    }
                }
                return plain.create(type);
            }
        };
    }

    private static int misused(ParameterException problem, Terminal terminal) {
        CommandLine command = problem.getCommandLine();
        terminal.err().println("weir: " + reason(problem));
        UnmatchedArgumentException.printSuggestions(
                problem, new PrintWriter(terminal.err(), true, UTF_8));
        terminal.err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    private static String reason(ParameterException problem) {
        return problem instanceof UnmatchedArgumentException unmatched
                ? "there is no command or option " + String.join(" ", unmatched.getUnmatched())
                : String.valueOf(problem.getMessage());
    }

    private static int failed(Exception problem, Terminal terminal) throws Exception {
        ExitCode exitCode =
                switch (problem) {
                    case CommandFailure failure -> failure.exitCode();
                    case BadTrace bad -> ExitCode.USAGE;
                    case TargetUnreachable unreachable -> ExitCode.NOT_REACHABLE;
                    case BenchFailed failed -> ExitCode.FAILED;
                    default -> throw problem;
                };
        terminal.err().println("weir: " + problem.getMessage());
        return exitCode.number();
    }
}
