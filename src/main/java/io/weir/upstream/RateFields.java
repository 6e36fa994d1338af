package io.weir.upstream;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/**
 * What an answer's head says of its provider's limits. What cannot be read is not there.
 *
 * @see <a href="https://platform.openai.com/docs/guides/rate-limits">OpenAI's rate limits</a>
 */
final class RateFields {
    /** Of what is not there. */
    static final long NONE = -1;

    private static final long YEAR = 365L * 24 * 3_600 * 1_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private RateFields() {}

    /** A whole number; {@link #NONE} where there is none. */
    static long number(ClassicHttpResponse head, String name) {
        Header field = head.getFirstHeader(name);
        String text = field == null || field.getValue() == null ? "" : field.getValue().strip();
        if (text.isEmpty() || text.length() > 18) {
            return NONE;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return NONE;
            }
            number = 10 * number + (digit - '0');
        }
        return number;
    }

    /** A length of time in nanoseconds; {@link #NONE} where there is none. */
    static long time(ClassicHttpResponse head, String name) {
        Header field = head.getFirstHeader(name);
        return field == null || field.getValue() == null ? NONE : nanos(field.getValue().strip());
    }

    /** When to come again, in nanoseconds; {@link #NONE} where it does not say. */
    static long retryAfter(ClassicHttpResponse head) {
        long millis = number(head, "retry-after-ms");
        if (millis >= 0) {
            return Math.min(millis, YEAR / 1_000_000) * 1_000_000;
        }
        return time(head, "retry-after");
    }

    /**
     * A length of time in OpenAI's forms, {@code 6m0s}, {@code 1s}, {@code 120ms}, {@code 1.5s}, or
     * as a number of seconds; in nanoseconds, a year at most.
     */
    static long nanos(String text) {
        long sum = 0;
        int at = 0;
        while (at < text.length()) {
            int numberEnd = endOf(text, at, true);
            int unitEnd = endOf(text, numberEnd, false);
            boolean bare = numberEnd == text.length() && at == 0;
            long unit = bare ? SECOND : unit(text.substring(numberEnd, unitEnd));
            double number = number(text.substring(at, numberEnd));
            if (unit < 0 || number < 0) {
                return NONE;
            }
            sum = (long) Math.min(YEAR, sum + number * unit);
            at = unitEnd;
        }
        return text.isEmpty() ? NONE : sum;
    }

    private static int endOf(String text, int from, boolean number) {
        int at = from;
        while (at < text.length() && isOfNumber(text.charAt(at)) == number) {
            at++;
        }
        return at;
    }

    private static boolean isOfNumber(char character) {
        return (character >= '0' && character <= '9') || character == '.';
    }

    private static double number(String text) {
        try {
            return text.length() > 18 ? NONE : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    private static long unit(String name) {
        return switch (name) {
            case "ms" -> 1_000_000L;
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            case "h" -> 3_600 * SECOND;
            case "d" -> 86_400 * SECOND;
            default -> NONE;
        };
    }
}
