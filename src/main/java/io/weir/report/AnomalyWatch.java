package io.weir.report;

import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What was out of the usual in the last weeks, kept in memory so that it can be looked at in no
 * time. It is searched for day by day, in UTC: today's again and again, each day before once. One
 * thread searches, any number read.
 */
public final class AnomalyWatch {
    /** How far back it looks. */
    private static final int DAYS = 31;

    /** Of the same kind and series with less between them they are one: a day ended, no more. */
    private static final Duration CALM = Duration.ofMinutes(15);

    private static final String FIRST = "SELECT min(received_at) FROM rollups";
    private static final List<Column> TIME = List.of(new Column("first", Unit.TIME));

    private final AnomalyFinder finder;
    private final Map<LocalDate, Searched> days = new ConcurrentSkipListMap<>();

    /**
     * What was found in a day.
     *
     * @param until how far it was searched
     */
    private record Searched(Instant until, List<Anomaly> found) {
        Searched {
            found = List.copyOf(found);
        }
    }

    /** A watch that has not looked yet. */
    public AnomalyWatch(CallStore store) {
        this.finder = new AnomalyFinder(store, CallFilter.ALL, AnomalyFinder.SCOPES);
    }

    /**
     * Searches one day: today where it has gone on, else the latest one that is not searched whole.
     *
     * @return whether there are more to be searched
     */
    public boolean look(Instant now) throws StoreUnavailable {
        Instant end = Rollup.start(now);
        LocalDate today = day(now);
        days.keySet().removeIf(day -> day.isBefore(today.minusDays(DAYS)));
        LocalDate first = first(today);
        for (LocalDate day = today; !day.isBefore(first); day = day.minusDays(1)) {
            Instant until = day.equals(today) ? end : start(day.plusDays(1));
            Searched before = days.get(day);
            if (before == null || before.until().isBefore(until)) {
                days.put(day, new Searched(until, search(day, until)));
                return day.isAfter(first);
            }
        }
        return false;
    }

    /** A row for each, as in the report, of those that were not over at {@code since}. */
    public Table within(Instant since, Instant until) {
        return AnomaliesReport.table(
                joined().stream()
                        .filter(each -> each.until().isAfter(since))
                        .filter(each -> each.from().isBefore(until))
                        .toList());
    }

    /** Whether everything since then has been searched. */
    public boolean covers(Instant since, Instant now) {
        LocalDate from = day(since);
        for (LocalDate day = day(now); !day.isBefore(from); day = day.minusDays(1)) {
            if (!days.containsKey(day)) {
                return false;
            }
        }
        return true;
    }

    private List<Anomaly> search(LocalDate day, Instant until) throws StoreUnavailable {
        return start(day).isBefore(until) ? finder.between(start(day), until) : List.of();
    }

    /** The day of the first call; there is nothing before it. */
    private LocalDate first(LocalDate today) throws StoreUnavailable {
        LocalDate oldest = today.minusDays(DAYS - 1L);
        List<@Nullable Object> row = finder.store().table(FIRST, List.of(), TIME).rows().getFirst();
        return !(row.getFirst() instanceof Instant first)
                ? today
                : day(first).isAfter(oldest) ? day(first) : oldest;
    }

    /** The oldest first, what midnight has cut put together again. */
    private List<Anomaly> joined() {
        List<Anomaly> joined = new ArrayList<>();
        for (Searched day : days.values()) {
            for (Anomaly anomaly : day.found()) {
                int same = goesOn(joined, anomaly);
                if (same < 0) {
                    joined.add(anomaly);
                } else {
                    joined.set(same, joined.get(same).continuedBy(anomaly));
                }
            }
        }
        return joined;
    }

    private static int goesOn(List<Anomaly> earlier, Anomaly later) {
        for (int i = earlier.size() - 1; i >= 0; i--) {
            Anomaly one = earlier.get(i);
            if (one.kind() == later.kind()
                    && one.scope().equals(later.scope())
                    && one.name().equals(later.name())
                    && one.model().equals(later.model())
                    && !one.from().isAfter(later.from())
                    && !one.until().plus(CALM).isBefore(later.from())
                    && !day(one.from()).equals(day(later.from()))) {
                return i;
            }
        }
        return -1;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
