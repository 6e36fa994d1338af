package io.weir.web;

import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.call.Outcome;
import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The columns of the list of calls, in sets that each answer one kind of question. */
enum CallColumns {
    /** What happened. */
    USUAL("usual", "Usual") {
        @Override
        List<Shown> more() {
            return List.of(
                    id("model", CallColumns::model),
                    id("key", call -> call.caller() == null ? null : call.caller().keyName()),
                    text("endpoint", call -> call.request().endpoint()),
                    tokens("in", call -> call.usage().inputTotal()),
                    tokens("out", call -> call.usage().outputTotal()),
                    figure("cost", call -> cost(call.cost())),
                    moment("first token", call -> call.moments().firstToken()),
                    moment("latency", call -> call.moments().closed()));
        }
    },
    /** Where the time went. */
    TIME("time", "Time") {
        @Override
        List<Shown> more() {
            return List.of(
                    id("model", CallColumns::model),
                    moment("latency", call -> call.moments().closed()),
                    moment("Weir", call -> call.moments().overhead()),
                    moment("upstream", call -> call.moments().upstream()),
                    moment("connected", call -> call.moments().connected()),
                    moment("first byte", call -> call.moments().firstByte()),
                    moment("first token", call -> call.moments().firstToken()),
                    moment("longest gap", call -> call.moments().longestGap()),
                    figure("events", call -> Figures.count(call.answer().chunks()).text()));
        }
    },
    /** What was used, and what that costs. */
    TOKENS("tokens", "Tokens and cost") {
        @Override
        List<Shown> more() {
            return List.of(
                    id("model", CallColumns::model),
                    tokens("in", call -> call.usage().inputTotal()),
                    tokens("cached", call -> call.usage().cacheRead()),
                    tokens("out", call -> call.usage().outputTotal()),
                    tokens("reasoning", call -> call.usage().reasoning()),
                    text("counted by", call -> call.usageConfidence().word()),
                    figure("cost", call -> cost(call.cost())),
                    id("price", CallColumns::price),
                    text("tier", call -> call.answer().serviceTier()),
                    text("finish", call -> String.join(", ", call.answer().finishReasons())));
        }
    },
    /** What went wrong. */
    ERRORS("errors", "Errors") {
        @Override
        List<Shown> more() {
            return List.of(
                    id("model", CallColumns::model),
                    text("error", call -> call.answer().errorType()),
                    text("code", call -> call.answer().errorCode()),
                    text("message", call -> short80(call.answer().errorMessage())),
                    id("upstream", call -> call.answer().upstream()),
                    figure("retry", call -> Integer.toString(call.request().clientRetry())),
                    moment("latency", call -> call.moments().closed()));
        }
    },
    /** Who asked. */
    CALLER("caller", "Caller") {
        @Override
        List<Shown> more() {
            return List.of(
                    id("model", CallColumns::model),
                    id("key", call -> call.caller() == null ? null : call.caller().keyName()),
                    id("project", call -> call.caller() == null ? null : call.caller().project()),
                    text(
                            "tags",
                            call ->
                                    call.caller() == null
                                            ? null
                                            : String.join(", ", call.caller().tags())),
                    id("user", call -> call.request().endUser()),
                    text("client", call -> short80(call.request().userAgent())),
                    id("id", call -> call.id().toString()));
        }
    };

    private static final int MOST_CHARS = 80;

    private final String word;
    private final String title;

    CallColumns(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** A column. */
    record Shown(String label, boolean figures, Function<CallRecord, DataTable.Cell> cell) {}

    /** The columns after time and result. */
    abstract List<Shown> more();

    /** What the URL calls the set. */
    String word() {
        return word;
    }

    /** What the page calls it. */
    String title() {
        return title;
    }

    /** The set of that word; the usual one for any other. */
    static CallColumns of(String word) {
        for (CallColumns columns : values()) {
            if (columns.word.equals(word)) {
                return columns;
            }
        }
        return USUAL;
    }

    List<DataTable.Head> heads() {
        return shown().stream()
                .map(each -> new DataTable.Head(each.label(), each.figures(), null, false))
                .toList();
    }

    /** A call as a row that leads to its page. */
    DataTable.Row row(CallRecord call) {
        return new DataTable.Row(
                "/calls/" + call.id(),
                shown().stream().map(each -> each.cell().apply(call)).toList());
    }

    /** The same for the script that puts it on top of the list. */
    String json(CallRecord call) {
        DataTable.Row row = row(call);
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("href", row.href());
        ArrayNode cells = json.putArray("cells");
        for (DataTable.Cell cell : row.cells()) {
            cells.addObject()
                    .put("text", cell.text())
                    .put("kind", cell.kind())
                    .put("tone", cell.tone());
        }
        return json.toString();
    }

    /** How a call ended, in a word or two: its status, and what was wrong. */
    static String result(CallRecord call) {
        CallRecord.Answer answer = call.answer();
        String begin =
                answer.outcome().equals(new Outcome.Completed().word())
                        ? Integer.toString(answer.status())
                        : answer.outcome();
        String code = answer.errorCode() == null ? answer.errorType() : answer.errorCode();
        return code == null || code.equals(begin) ? begin : begin + " " + code;
    }

    /** An amount, or why there is none. */
    static String cost(Cost cost) {
        return switch (cost) {
            case Cost.Priced priced -> Figures.money(priced.nanoUsd()).text();
            case Cost.Unpriced unpriced -> "unpriced";
            case Cost.Free free -> "free";
        };
    }

    /** A moment or a duration in microseconds, less than zero where there is none. */
    static Figure micros(long micros) {
        return micros < 0 ? Figure.NONE : Figures.millis(micros / 1e3);
    }

    private List<Shown> shown() {
        List<Shown> shown = new ArrayList<>();
        shown.add(new Shown("time", false, call -> DataTable.Cell.time(call.receivedAt())));
        shown.add(
                new Shown(
                        "result",
                        false,
                        call ->
                                DataTable.Cell.text(short80(result(call)))
                                        .tone(call.answer().failed() ? "bad" : "good")));
        shown.addAll(more());
        return shown;
    }

    private static @Nullable String model(CallRecord call) {
        String asked = call.request().model();
        return short80(asked == null ? call.answer().responseModel() : asked);
    }

    private static String price(CallRecord call) {
        return switch (call.cost()) {
            case Cost.Priced priced -> priced.priceId();
            case Cost.Unpriced unpriced -> short80(unpriced.reason());
            case Cost.Free free -> "";
        };
    }

    private static String short80(@Nullable String text) {
        String shown = text == null ? "" : text;
        return shown.length() <= MOST_CHARS ? shown : shown.substring(0, MOST_CHARS - 1) + "…";
    }

    private static Shown id(String label, Function<CallRecord, @Nullable String> of) {
        return new Shown(label, false, call -> DataTable.Cell.id(short80(of.apply(call))));
    }

    private static Shown text(String label, Function<CallRecord, @Nullable String> of) {
        return new Shown(label, false, call -> DataTable.Cell.text(short80(of.apply(call))));
    }

    private static Shown figure(String label, Function<CallRecord, String> of) {
        return new Shown(
                label, true, call -> DataTable.Cell.figure(new Figure(of.apply(call), "")));
    }

    private static Shown moment(String label, Function<CallRecord, Long> of) {
        return figure(label, call -> micros(of.apply(call)).text());
    }

    /** A tilde marks what Weir counted itself. */
    private static Shown tokens(String label, Function<CallRecord, Long> of) {
        return figure(
                label,
                call ->
                        switch (call.usageConfidence()) {
                            case PROVIDER, NONE -> Figures.count(of.apply(call)).text();
                            case ESTIMATED, PARTIAL -> "~" + Figures.count(of.apply(call)).text();
                        });
    }
}
