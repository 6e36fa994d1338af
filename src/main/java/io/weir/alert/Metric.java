package io.weir.alert;

import io.weir.report.FailureClass;
import io.weir.report.Measure;
import io.weir.report.Measures;
import io.weir.report.Trouble;
import io.weir.store.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a rule can watch. */
enum Metric {
    /** Calls that failed, as a part of all; {@code errors} says in which ways. */
    ERROR_RATE("error_rate", Unit.SHARE, Origin.CALLS, 20),
    /** Calls of an upstream that it let down: time-outs, broken connections, server errors. */
    UPSTREAM_FAILURES("upstream_failures", Unit.SHARE, Origin.CALLS, 5),
    /** Half of the calls take longer. */
    LATENCY_P50("latency_p50", Unit.MS, Origin.CALLS, 20),
    /** One call in twenty takes longer. */
    LATENCY_P95("latency_p95", Unit.MS, Origin.CALLS, 20),
    /** One call in a hundred takes longer. */
    LATENCY_P99("latency_p99", Unit.MS, Origin.CALLS, 100),
    /** One stream in twenty begins to speak later. */
    FIRST_TOKEN_P95("first_token_p95", Unit.MS, Origin.CALLS, 20),
    /** Calls that ended. */
    CALLS("calls", Unit.CALLS, Origin.CALLS, 0),
    /** What they used, in and out. */
    TOKENS("tokens", Unit.TOKENS, Origin.CALLS, 0),
    /** What they cost. */
    SPEND("spend", Unit.NANO_USD, Origin.CALLS, 0),
    /** What has been spent of a budget since its period began. */
    BUDGET_SHARE("budget_share", Unit.SHARE, Origin.BUDGET, 0),
    /** What is spent and reserved of each budget of Weir's. */
    BUDGET_USED("budget_used", Unit.SHARE, Origin.LIMITER, 0),
    /** Keys of this gateway that were seen where no key belongs, and still count. */
    LEAKED_KEYS("leaked_keys", Unit.NUMBER, Origin.KEYS, 0),
    /** Calls that should have a price and have none. */
    UNPRICED_CALLS("unpriced_calls", Unit.CALLS, Origin.CALLS, 0),
    /** What is out of the usual for a key or a model, against its own past. */
    ANOMALY("anomaly", Unit.NUMBER, Origin.ANOMALIES, 0),
    /** How long the oldest call waits that an exporter has not sent. */
    EXPORTER_LAG("exporter_lag", Unit.MS, Origin.EXPORTERS, 0),
    /** Calls in the journal that the store does not have. */
    STORE_LAG("store_lag", Unit.CALLS, Origin.STORE, 0);

    /** The words there are. */
    static final List<String> WORDS = Arrays.stream(values()).map(Metric::word).toList();

    private final String word;
    private final Unit unit;
    private final Origin origin;
    private final int atLeast;

    Metric(String word, Unit unit, Origin origin, int atLeast) {
        this.word = word;
        this.unit = unit;
        this.origin = origin;
        this.atLeast = atLeast;
    }

    /** Who knows it. */
    enum Origin {
        /** The calls in the store, those of the past as well. */
        CALLS,
        /** The money spent since a day, week or month began. */
        BUDGET,
        /** The budgets that calls are held to; only now. */
        LIMITER,
        /** The watch for leaked keys; only now. */
        KEYS,
        /** The search for anomalies, those of the past as well. */
        ANOMALIES,
        /** The exporters; only now. */
        EXPORTERS,
        /** The journal; only now. */
        STORE
    }

    String word() {
        return word;
    }

    Unit unit() {
        return unit;
    }

    Origin origin() {
        return origin;
    }

    /** From how many calls on it tells something. */
    int atLeast() {
        return atLeast;
    }

    /** Whether no calls are a nought, rather than nothing that could be compared. */
    boolean ofNoneIsZero() {
        return this == CALLS || this == TOKENS || this == SPEND || this == UNPRICED_CALLS;
    }

    /** Its figure; of {@link Origin#CALLS} and {@link Origin#BUDGET} only. */
    Measure measure(Set<FailureClass> errors) {
        return switch (this) {
            case ERROR_RATE -> errors.isEmpty() ? Measures.ERROR_RATE : Measures.errorRate(errors);
            case UPSTREAM_FAILURES ->
                    Measures.errorRate(
                            Set.of(
                                    FailureClass.TIME_OUT,
                                    FailureClass.CONNECTION,
                                    FailureClass.SERVER));
            case LATENCY_P50 -> Measures.P50_MS;
            case LATENCY_P95 -> Measures.P95_MS;
            case LATENCY_P99 -> Measures.P99_MS;
            case FIRST_TOKEN_P95 -> Measures.FIRST_TOKEN_P95_MS;
            case CALLS -> Measure.CALLS;
            case TOKENS -> Measures.TOKENS;
            case SPEND, BUDGET_SHARE -> Measures.COST;
            case UNPRICED_CALLS -> Measures.UNPRICED_CALLS;
            case BUDGET_USED, LEAKED_KEYS, ANOMALY, EXPORTER_LAG, STORE_LAG ->
                    throw new IllegalStateException(word + " is no figure of calls");
        };
    }

    /** What is wrong with calls of which it is not as it should be; null where no call is wrong. */
    @Nullable Trouble trouble() {
        return switch (this) {
            case ERROR_RATE, UPSTREAM_FAILURES -> Trouble.FAILED;
            case LATENCY_P50, LATENCY_P95, LATENCY_P99, FIRST_TOKEN_P95 -> Trouble.SLOW;
            case SPEND, BUDGET_SHARE, TOKENS -> Trouble.COSTLY;
            case CALLS,
                    BUDGET_USED,
                    LEAKED_KEYS,
                    UNPRICED_CALLS,
                    ANOMALY,
                    EXPORTER_LAG,
                    STORE_LAG ->
                    null;
        };
    }

    /** The metric of a word that is one of {@link #WORDS}. */
    static Metric of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word.equals(word))
                .findFirst()
                .orElseThrow();
    }
}
