package io.weir.cli;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Calls as lines: in aligned columns when all are known, in fixed ones when they come live. */
final class CallTable {
    private static final String ALIGNMENT = "lllrrrrrll";
    private static final String[] HEADER = {
        "RECEIVED (UTC)",
        "MODEL",
        "RESULT",
        "IN",
        "OUT",
        "COST",
        "FIRST TOKEN",
        "TOTAL",
        "KEY",
        "ID"
    };

    private CallTable() {}

    /** A header and a line for each call. */
    static List<String> lines(List<JsonNode> calls) {
        Columns columns = new Columns(ALIGNMENT).row(HEADER);
        calls.forEach(call -> columns.row(cells(call)));
        return columns.lines();
    }

    /** The header over lines that come live. */
    static String liveHeader() {
        return live(HEADER);
    }

    /** One call that just ended. */
    static String liveLine(JsonNode call) {
        return live(cells(call));
    }

    private static String live(String[] cells) {
        return String.format(
                        Locale.ROOT,
                        "%-23s  %-24s  %-28.28s  %7s  %6s  %11s  %11s  %8s  %-8s  %s",
                        (Object[]) cells)
                .stripTrailing();
    }

    private static String[] cells(JsonNode call) {
        return new String[] {
            received(call),
            CallFields.model(call),
            CallFields.result(call),
            CallFields.tokens(call, "total_input_tokens"),
            CallFields.tokens(call, "total_output_tokens"),
            CallFields.cost(call),
            CallFields.time(call, "first_token_us"),
            CallFields.time(call, "latency_us"),
            CallFields.text(call, "key_name"),
            CallFields.text(call, "id")
        };
    }

    /** Milliseconds are enough to tell calls apart by eye. */
    private static String received(JsonNode call) {
        String instant = CallFields.text(call, "received_at").replace('T', ' ').replace("Z", "");
        return instant.substring(0, Math.min(instant.length(), "2026-11-22 01:02:03.004".length()));
    }
}
