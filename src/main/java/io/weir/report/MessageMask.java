package io.weir.report;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An error's message with {@code <*>} for what is bound to differ from one call to the next:
 * numbers, durations, times, ids, keys, addresses, quoted words.
 */
final class MessageMask {
    static final String VARIABLE = "<*>";

    /** Longer ones are cut before anything looks at them. */
    static final int MAX_LENGTH = 1_000;

    private static final Pattern BLANKS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]+");

    /**
     * In one expression, so that each character is looked at once; the first alternative that fits
     * wins. Every repetition is possessive or short: a hostile message costs linear time.
     */
    private static final Pattern VARIABLES =
            Pattern.compile(
                    Stream.of(
                                    "https?://[^\\s\"'`<>]++",
                                    quoted("'"),
                                    quoted("\""),
                                    quoted("`"),
                                    "\\b[\\w.+-]{1,64}+@[\\w.-]{1,255}+",
                                    "\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b",
                                    "\\b\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?Z?)?",
                                    "\\b(?:sk|org|proj)-[\\w*-]{4,}+",
                                    "\\b(?=[a-zA-Z]{2,12}[-_][\\w*-]{0,80}[0-9*])"
                                            + "(?:req|user|asst|thread|run|file|msg|call|resp|chatcmpl|batch|vs|key|ft|ftjob|request|call_id)"
                                            + "[-_][\\w*-]{6,}+",
                                    "\\b0x[0-9a-fA-F]++\\b",
                                    "\\b(?=[a-fA-F]{0,40}\\d)[0-9a-fA-F]{8,}+\\b",
                                    "(?<![\\w-])(?:\\d++(?:\\.\\d++)?(?:ms|us|ns|min|s|m|h|d))++(?!\\w)",
                                    "(?<![\\w-])[$+-]?\\d++(?:[.,:/]\\d++)*+(?:[kKMG]B?|%)?(?!\\w)")
                            .collect(Collectors.joining("|")));

    private MessageMask() {}

    /** The message on one line, a space between words, without what a terminal would obey. */
    static String of(String message) {
        String cut = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) : message;
        String line = BLANKS.matcher(cut).replaceAll(" ").strip();
        return VARIABLES.matcher(line).replaceAll(VARIABLE);
    }

    /** Not an apostrophe: a quotation begins and ends where no word goes on. */
    private static String quoted(String mark) {
        return "(?<!\\w)" + mark + "[^" + mark + "]{1,200}+" + mark + "(?!\\w)";
    }
}
