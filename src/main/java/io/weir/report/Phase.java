package io.weir.report;

import io.weir.report.Measure.Rolled;
import io.weir.store.Unit;

/**
 * The phases that a call goes through, one after the other: what each took adds up to its latency.
 * Where a moment never came, its phase lasted until the next that did, or until the call's end: a
 * connection that never came about was being made all the time.
 */
public enum Phase {
    /** Weir reads the request and lets it through; and makes the record at the end. */
    WEIR("weir", "Weir itself") {
        @Override
        String sql() {
            return "(" + ADMITTED + " + closed_us - " + ENDED + ")";
        }
    },
    /** A connection to the upstream is taken or made, failed tries before it included. */
    CONNECTING("connecting", "connecting to the upstream") {
        @Override
        String sql() {
            return between(ADMITTED, CONNECTED);
        }
    },
    /** The request is handed to the network. */
    SENDING("sending", "sending the request") {
        @Override
        String sql() {
            return between(CONNECTED, SENT);
        }
    },
    /** Nothing of the answer is there: its first token, or its head where it is not streamed. */
    WAITING("waiting", "waiting for the first token") {
        @Override
        String sql() {
            return between(SENT, SPOKEN);
        }
    },
    /** The answer comes and is relayed, at the pace of the upstream or of the client. */
    STREAMING("streaming", "streaming the answer") {
        @Override
        String sql() {
            return between(SPOKEN, ENDED);
        }
    };

    private static final String ADMITTED =
            moment("0", "admitted_us, connected_us, request_sent_us, first_byte_us, last_byte_us");
    private static final String CONNECTED =
            moment(ADMITTED, "connected_us, request_sent_us, first_byte_us, last_byte_us");
    private static final String SENT =
            moment(CONNECTED, "request_sent_us, first_byte_us, last_byte_us");
    private static final String SPOKEN =
            moment(SENT, "first_token_us, first_byte_us, last_byte_us");
    private static final String ENDED = moment(SPOKEN, "last_byte_us");

    private final String word;
    private final String doing;

    Phase(String word, String doing) {
        this.word = word;
        this.doing = doing;
    }

    /** The word for it. */
    public String word() {
        return word;
    }

    /** What is being done, within a sentence. */
    public String doing() {
        return doing;
    }

    /** How long a call is in it, on average. */
    public Measure measure() {
        return new Measure(
                word + "_ms",
                Unit.MS,
                Words.ms("avg(CASE WHEN closed_us IS NOT NULL THEN " + sql() + " END)"),
                new Rolled.Sum(
                        Words.ms(
                                "sum(%s) / nullif(sum(CASE WHEN waiting_us IS NOT NULL THEN list_sum(closed_counts) END), 0)"
                                        .formatted(rolledSql()))));
    }

    /** What a single call was in it, in milliseconds. */
    String ofOne() {
        return "CASE WHEN closed_us IS NOT NULL THEN (" + sql() + ") / 1000 END";
    }

    /** Microseconds of a call. */
    abstract String sql();

    /** Microseconds of a row of {@code rollups}. */
    private String rolledSql() {
        return this == WEIR
                ? "(closed_us - connecting_us - sending_us - waiting_us - streaming_us)"
                : word + "_us";
    }

    private static String between(String from, String to) {
        return "(" + to + " - " + from + ")";
    }

    /** The first of these that came, not before another moment and not after the call's end. */
    private static String moment(String notBefore, String columns) {
        return "least(greatest(coalesce("
                + columns
                + ", closed_us), "
                + notBefore
                + "), closed_us)";
    }
}
