package io.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code weir} itself: it does nothing without a command. */
@Command(
        name = "weir",
        description = "A gateway for the ChatGPT API that measures, prices and records every call.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Weir.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the call failed, or the server did",
            "2:the command line is wrong",
            "3:nothing answers at the base URL",
            "4:the key is missing, wrong, or not allowed to do this"
        },
        footer = {
            "",
            "Start here:",
            "  weir serve                    in one terminal",
            "  weir ask \"What is a weir?\"    in another",
            "  weir report                   what can be asked about the calls",
            "",
            "weir COMMAND --help explains a command, with examples."
        })
final class Weir implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 99,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Weir.class.getPackage().getImplementationVersion();
            return new String[] {"weir " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
