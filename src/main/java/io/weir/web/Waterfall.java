package io.weir.web;

import io.weir.call.Attempt;
import io.weir.call.CallRecord;
import io.weir.call.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the time of a call went: its phases one below the other, then each try at an upstream, all
 * on one scale.
 */
record Waterfall(List<Row> rows, String total) {
    /**
     * A line.
     *
     * @param note what else there is to say; empty for nothing
     * @param took how long it took
     */
    record Row(String label, String note, List<Bar> bars, String took) {}

    /**
     * A part of a line.
     *
     * @param x where it begins, in percent of the whole
     * @param width in percent of the whole
     * @param tone its colour
     * @param title what it is
     */
    record Bar(String x, String width, String tone, String title) {}

    /** A part of the call, in microseconds after it was received; less than zero where unknown. */
    private record Phase(String label, String tone, long end) {}

    Waterfall {
        rows = List.copyOf(rows);
    }

    static Waterfall of(CallRecord call) {
        long total = Math.max(call.moments().closed(), call.moments().lastByte());
        for (Attempt attempt : call.attempts()) {
            total = Math.max(total, attempt.endedMicros());
        }
        if (total <= 0) {
            return new Waterfall(List.of(), Figure.NONE.text());
        }
        List<Row> rows = new ArrayList<>(phases(call.moments(), total));
        for (Attempt attempt : call.attempts()) {
            rows.add(attempt(attempt, total));
        }
        return new Waterfall(rows, millis(total));
    }

    private static List<Row> phases(Moments moments, long total) {
        List<Row> rows = new ArrayList<>();
        long begin = 0;
        for (Phase phase :
                List.of(
                        new Phase("Weir lets it in", "c5", moments.admitted()),
                        new Phase("Connection", "c3", moments.connected()),
                        new Phase("Request sent", "c7", moments.requestSent()),
                        new Phase("Wait for the answer", "c1", moments.firstByte()),
                        new Phase("Wait for the first token", "c4", moments.firstToken()),
                        new Phase("Answer", "c2", moments.lastByte()),
                        new Phase("Weir records it", "c5", moments.closed()))) {
            if (phase.end() >= begin) {
                Bar bar = bar(begin, phase.end(), total, phase.tone(), phase.label());
                rows.add(new Row(phase.label(), "", List.of(bar), millis(phase.end() - begin)));
                begin = phase.end();
            }
        }
        return rows;
    }

    private static Row attempt(Attempt attempt, long total) {
        List<Bar> bars = new ArrayList<>();
        boolean failed = attempt.failure() != null;
        long begin = Math.max(0, attempt.startedMicros());
        for (Phase phase :
                List.of(
                        new Phase("connection", "c3", attempt.connectedMicros()),
                        new Phase("request sent", "c7", attempt.sentMicros()),
                        new Phase("wait for the answer", "c1", attempt.firstByteMicros()),
                        new Phase(
                                failed ? "failed" : "answer",
                                failed ? "bad" : "c2",
                                attempt.endedMicros()))) {
            if (phase.end() >= begin) {
                bars.add(bar(begin, phase.end(), total, phase.tone(), phase.label()));
                begin = phase.end();
            }
        }
        String answered = attempt.status() > 0 ? "status " + attempt.status() : "no answer";
        String connection = attempt.reused() ? "kept connection" : "new connection";
        String note = answered + ", " + connection + (failed ? ", " + attempt.failure() : "");
        return new Row(
                "Try %d at %s".formatted(attempt.number(), attempt.upstream()),
                note,
                bars,
                millis(begin - Math.max(0, attempt.startedMicros())));
    }

    private static Bar bar(long begin, long end, long total, String tone, String label) {
        return new Bar(
                percent(begin, total),
                percent(Math.max(0, Math.min(end, total) - begin), total),
                tone,
                label + ": " + millis(end - begin));
    }

    /** A moment that cannot be, after the call's own end, is drawn at its end. */
    private static String percent(long part, long total) {
        return String.format(Locale.ROOT, "%.2f%%", 100.0 * Math.min(part, total) / total);
    }

    private static String millis(long micros) {
        return Figures.millis(micros / 1e3).text();
    }
}
