package io.weir.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** For whom the output is: people, programs, or spreadsheets. */
final class FormatOptions {
    /** The forms output comes in. */
    enum Format {
        /** For people. */
        TEXT,
        /** For programs; one object a line. */
        JSON,
        /** For spreadsheets; with a header line. */
        CSV
    }

    @ArgGroup private final Choice choice = new Choice();

    /** At most one of them. */
    private static final class Choice {
        @Option(names = "--json", description = "Print JSON, one object a line.")
        private boolean json;

        @Option(names = "--csv", description = "Print comma-separated values.")
        private boolean csv;
    }

    /** The form asked for. */
    Format format() {
        return choice.json ? Format.JSON : choice.csv ? Format.CSV : Format.TEXT;
    }
}
