package io.weir.web;

import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What many failed calls say, as a page shows it.
 *
 * @param pieces of the message: what is always the same, and what varies
 * @param kind type, code and status
 * @param advice what to do about it
 * @param message of the newest example
 * @param example the newest call's id; empty where there is none
 * @param callsHref the address of the calls of its kind: of the pattern alone there is no list
 */
record ErrorPattern(
        List<Piece> pieces,
        String kind,
        Figure calls,
        Figure share,
        String firstSeen,
        String lastSeen,
        String models,
        String keys,
        String advice,
        String message,
        String example,
        String callsHref) {
    /** What stands in a pattern for what varies. */
    private static final String VARIES = "<*>";

    /** A part of a pattern. */
    record Piece(String text, boolean varies) {}

    /** All those of the report {@code patterns}. */
    static List<ErrorPattern> of(Table patterns, ViewQuery view) {
        List<ErrorPattern> all = new ArrayList<>();
        for (int row = 0; row < patterns.rows().size(); row++) {
            all.add(of(patterns, row, view));
        }
        return all;
    }

    private static ErrorPattern of(Table patterns, int row, ViewQuery view) {
        return new ErrorPattern(
                pieces(text(patterns, row, "pattern")),
                kind(patterns, row),
                Figures.of(Unit.CALLS, patterns.cell(row, "calls")),
                Figures.of(Unit.SHARE, patterns.cell(row, "share_of_errors")),
                text(patterns, row, "first_seen"),
                text(patterns, row, "last_seen"),
                text(patterns, row, "models"),
                text(patterns, row, "keys"),
                text(patterns, row, "advice"),
                text(patterns, row, "example_message"),
                text(patterns, row, "example_call"),
                Links.calls(
                        ErrorType.narrowed(
                                view,
                                text(patterns, row, "error_type"),
                                text(patterns, row, "status"))));
    }

    static List<Piece> pieces(String pattern) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int at = pattern.indexOf(VARIES); at >= 0; at = pattern.indexOf(VARIES, from)) {
            if (at > from) {
                pieces.add(new Piece(pattern.substring(from, at), false));
            }
            pieces.add(new Piece(VARIES, true));
            from = at + VARIES.length();
        }
        if (from < pattern.length()) {
            pieces.add(new Piece(pattern.substring(from), false));
        }
        return pieces;
    }

    private static String kind(Table patterns, int row) {
        List<String> words = new ArrayList<>();
        for (String column : List.of("error_type", "error_code", "status")) {
            String word = text(patterns, row, column);
            if (!word.isEmpty() && !word.equals("0") && !words.contains(word)) {
                words.add(word);
            }
        }
        return String.join(" · ", words);
    }

    private static String text(Table patterns, int row, String column) {
        return Objects.toString(patterns.cell(row, column), "");
    }
}
