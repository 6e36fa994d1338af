package io.weir.metrics;

import io.weir.call.CallRecord;
import io.weir.call.Principal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A label that metrics of calls can carry. A value that a call does not have is empty, which
 * Prometheus takes for a label that is not there.
 */
enum CallLabel {
    MODEL,
    KEY,
    PROJECT,
    ENDPOINT,
    UPSTREAM,
    STATUS_CLASS,
    ERROR_TYPE,
    STREAM;

    /** Every name. */
    static final List<String> WORDS = Stream.of(values()).map(CallLabel::word).toList();

    /** No name of a model comes near; a client could make one of megabytes. */
    private static final int MAX_CHARS = 120;

    private static final char REPLACEMENT = '_';

    /** A character of Unicode's that PromQL has no way to write. */
    private static final int UNASKABLE = 0xFFFD;

    /** The label with that {@link #word()}. */
    static CallLabel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The label's name. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its value for a call: short, printable, and such that PromQL can ask for it. */
    String value(CallRecord call) {
        String value = read(call);
        return value == null ? "" : printable(value);
    }

    private @Nullable String read(CallRecord call) {
        return switch (this) {
            case MODEL -> call.request().model();
            case KEY -> caller(call, Principal::keyName);
            case PROJECT -> caller(call, Principal::project);
            case ENDPOINT -> endpoint(call);
            case UPSTREAM -> call.answer().upstream();
            case STATUS_CLASS -> statusClass(call);
            case ERROR_TYPE -> call.answer().errorType();
            case STREAM -> Boolean.toString(call.request().stream());
        };
    }

    private static @Nullable String caller(CallRecord call, Function<Principal, String> of) {
        return call.caller() == null ? null : of.apply(call.caller());
    }

    /** A stranger can invent endpoints, each a path under {@code /v1/}: these are one. */
    private static String endpoint(CallRecord call) {
        boolean invented = call.caller() == null && call.request().operation().equals("other");
        return invented ? "other" : call.request().endpoint();
    }

    private static String statusClass(CallRecord call) {
        int status = call.answer().status();
        return status == 0 ? "none" : status / 100 + "xx";
    }

    private static String printable(String text) {
        StringBuilder printable =
                new StringBuilder(text.substring(0, Math.min(text.length(), MAX_CHARS)));
        for (int i = 0;
                i < printable.length();
                i += Character.charCount(printable.codePointAt(i))) {
            int point = printable.codePointAt(i);
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            if (half || point == UNASKABLE || Character.isISOControl(point)) {
                printable.setCharAt(i, REPLACEMENT);
            }
        }
        return printable.toString();
    }
}
