package io.weir.admin;

import io.weir.http.Query;
import io.weir.store.CallFilter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whole days in UTC, as a question names them: a month, or from a day up to another. */
final class Days {
    private static final int MOST = 400;

    private Days() {}

    /**
     * The days that {@code month}, or {@code since} and {@code until}, mean.
     *
     * @throws IllegalArgumentException saying how to name them
     */
    static List<LocalDate> of(Query parameters) {
        Optional<String> month = parameters.get("month");
        Optional<String> since = parameters.get("since");
        Optional<String> until = parameters.get("until");
        if (month.isPresent() ? since.isPresent() || until.isPresent() : since.isEmpty()) {
            throw new IllegalArgumentException(
                    "give month, such as 2026-11, or since and until, such as 2026-11-01");
        }
        if (month.isPresent()) {
            YearMonth named = month(month.get());
            return named.atDay(1).datesUntil(named.plusMonths(1).atDay(1)).toList();
        }
        LocalDate first = day("since", since.get());
        LocalDate end = until.map(text -> day("until", text)).orElse(first.plusDays(1));
        if (!first.isBefore(end) || first.plusDays(MOST).isBefore(end)) {
            throw new IllegalArgumentException(
                    "since is %s and until %s: at least a day, and at most %d"
                            .formatted(first, end, MOST));
        }
        return first.datesUntil(end).toList();
    }

    /** The conditions that stand beside the days. */
    static CallFilter others(Query parameters) {
        CallFilter filter = CallFilter.ALL;
        for (Map.Entry<String, String> parameter : parameters.all().entrySet()) {
            filter =
                    switch (parameter.getKey()) {
                        case "month", "since", "until", "format" -> filter;
                        default -> filter.with(parameter.getKey(), parameter.getValue());
                    };
        }
        return filter;
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "month is '%s', and has to be one such as 2026-11".formatted(text), e);
        }
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "%s is '%s', and has to be a day such as 2026-11-01".formatted(name, text), e);
        }
    }
}
