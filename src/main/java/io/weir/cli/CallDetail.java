package io.weir.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One call in full: what is known of it, its tries, and its content where that was kept. */
final class CallDetail {
    private final JsonNode call;
    private final List<String> lines = new ArrayList<>();

    private CallDetail(JsonNode call) {
        this.call = call;
    }

    /** The call as lines of text. */
    static List<String> lines(JsonNode call) {
        CallDetail detail = new CallDetail(call);
        detail.fields();
        detail.priceVersions();
        detail.attempts();
        detail.content();
        return detail.lines;
    }

    private void fields() {
        Columns columns = new Columns("ll");
        for (String name : CallFields.FLAT) {
            String value = value(name);
            if (!value.isEmpty()) {
                columns.row(name, value);
            }
        }
        lines.addAll(columns.lines());
    }

    private String value(String name) {
        if (name.equals("cost_nano_usd")) {
            String amount = CallFields.text(call, name);
            return amount.isEmpty() ? "" : amount + " (" + CallFields.cost(call) + ")";
        }
        if (name.equals("cache_saved_nano_usd")) {
            String amount = CallFields.text(call, name);
            return amount.isEmpty()
                    ? ""
                    : amount + " (" + Amounts.dollars(call.path(name).longValue()) + ")";
        }
        if (name.endsWith("_us")) {
            long micros = call.path(name).asLong(-1);
            return micros < 0 ? "" : micros + " (" + CallFields.time(call, name) + ")";
        }
        return CallFields.text(call, name);
    }

    private void priceVersions() {
        if (call.path("price_versions").isEmpty()) {
            return;
        }
        lines.add("");
        Columns columns = new Columns("rllll").row("VERSION", "COST", "PRICE", "FOUND", "BY");
        for (JsonNode version : call.path("price_versions")) {
            String reason = CallFields.text(version, "unpriced_reason");
            columns.row(
                    CallFields.text(version, "version"),
                    CallFields.cost(version),
                    reason.isEmpty() ? Printable.cell(version.path("price_id")) : reason,
                    CallFields.text(version, "at"),
                    CallFields.text(version, "by"));
        }
        lines.addAll(columns.lines());
    }

    private void attempts() {
        if (call.path("attempts").isEmpty()) {
            return;
        }
        lines.add("");
        Columns columns =
                new Columns("rlllrrrl")
                        .row(
                                "TRY",
                                "UPSTREAM",
                                "CONNECTION",
                                "RESULT",
                                "STARTED",
                                "FIRST BYTE",
                                "ENDED",
                                "REQUEST ID");
        for (JsonNode attempt : call.path("attempts")) {
            String failure = CallFields.text(attempt, "failure");
            columns.row(
                    CallFields.text(attempt, "number"),
                    CallFields.text(attempt, "upstream"),
                    attempt.path("reused").asBoolean(false) ? "reused" : "new",
                    (CallFields.text(attempt, "status") + " " + failure).strip(),
                    CallFields.time(attempt, "started_us"),
                    CallFields.time(attempt, "first_byte_us"),
                    CallFields.time(attempt, "ended_us"),
                    CallFields.text(attempt, "request_id"));
        }
        lines.addAll(columns.lines());
    }

    private void content() {
        JsonNode content = call.path("content");
        String cut = content.path("truncated").asBoolean(false) ? " (cut)" : "";
        for (String side : List.of("request", "response")) {
            String text = content.path(side).asString("");
            if (!text.isEmpty()) {
                lines.add("");
                lines.add(side + cut + ":");
                lines.addAll(Printable.text(text).lines().toList());
            }
        }
    }
}
