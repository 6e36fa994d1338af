package io.weir.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An anomaly as a line for people, and as the query string that lists its calls. */
final class AnomalyText {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private AnomalyText() {}

    /** A line for people. */
    static String line(Anomaly of) {
        return "%s %s: %s%s; %s, cost %s"
                .formatted(of.scope(), of.name(), observed(of), usual(of), when(of), cost(of));
    }

    /** What {@code /admin/api/calls} takes. */
    static String filter(Anomaly of) {
        String model = of.model().isEmpty() ? "" : "&model=" + encoded(of.model());
        return "%s=%s%s&since=%s&until=%s"
                .formatted(of.scope(), encoded(of.name()), model, of.from(), of.until());
    }

    private static String observed(Anomaly of) {
        double value = of.observed();
        return switch (of.kind()) {
            case ERRORS -> "%s of %,d calls failed".formatted(share(value), of.calls());
            case LATENCY -> "p95 latency is " + seconds(value);
            case FIRST_TOKEN -> "p95 first token is at " + seconds(value);
            case VOLUME -> "%,.0f calls in 5 min".formatted(value);
            case SILENCE -> value == 0 ? "no calls" : "%s calls in 5 min".formatted(number(value));
            case SPEND -> "$%,.2f in 5 min".formatted(value);
            case TOKENS -> "%,.0f tokens a call".formatted(value);
            case LOOP ->
                    "the same call%s %,.0f times in 5 min"
                            .formatted(of.model().isEmpty() ? "" : " to " + of.model(), value);
        };
    }

    private static String usual(Anomaly of) {
        double usual = of.usual();
        if (of.kind() == Anomaly.Kind.SILENCE) {
            return ", %s in 5 min are usual".formatted(number(usual));
        }
        if (!(usual > 0)) {
            return ", never before";
        }
        String times = number(of.factor());
        return switch (of.kind()) {
            case ERRORS -> ", usually " + share(usual);
            case LATENCY, FIRST_TOKEN -> ", %s times the usual %s".formatted(times, seconds(usual));
            case SPEND -> ", %s times the usual $%s".formatted(times, number(usual));
            case VOLUME, SILENCE, TOKENS, LOOP ->
                    ", %s times the usual %s".formatted(times, number(usual));
        };
    }

    private static String when(Anomaly of) {
        return of.over() ? of.from() + " to " + of.until() : "since " + of.from();
    }

    private static String cost(Anomaly of) {
        BigDecimal usd = BigDecimal.valueOf(of.costNanoUsd(), 9);
        return usd.signum() > 0 && usd.compareTo(CENT) < 0
                ? "below $0.01"
                : "$" + usd.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    private static String share(double value) {
        return "%s %%".formatted(number(100 * value));
    }

    private static String seconds(double millis) {
        return millis < 1_000 ? "%.0f ms".formatted(millis) : number(millis / 1_000) + " s";
    }

    /** With as many digits as tell something. */
    private static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 10 || size == 0 ? "%,.0f" : size >= 0.1 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
