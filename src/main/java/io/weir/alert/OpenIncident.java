package io.weir.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An incident that goes on, and what people have been told of it.
 *
 * @param ended its alerts that fire no more, the latest last
 * @param firstTold when people were told that it began; null while they were not
 * @param lastTold when they were told last
 * @param toldGroups of the alerts they were told of
 * @param toldChannels those that will be told of its end
 * @param escalatedAt when others were told; null while they were not
 * @param acknowledgedBy who looks after it; null for nobody
 */
record OpenIncident(
        String id,
        Instant openedAt,
        List<Alert> ended,
        @Nullable Instant firstTold,
        @Nullable Instant lastTold,
        List<SortedMap<String, String>> toldGroups,
        List<String> toldChannels,
        @Nullable Instant escalatedAt,
        @Nullable String acknowledgedBy) {
    private static final int MOST_ENDED = 50;
    private static final int MOST_ALERTS = 100;

    OpenIncident {
        ended = List.copyOf(ended);
        toldGroups = List.copyOf(toldGroups);
        toldChannels = List.copyOf(toldChannels);
    }

    /** One that nobody has been told of. */
    static OpenIncident opened(String id, Instant at) {
        return new OpenIncident(id, at, List.of(), null, null, List.of(), List.of(), null, null);
    }

    /** The same with more alerts that are over. */
    OpenIncident with(List<Alert> over) {
        List<Alert> all = new ArrayList<>(ended);
        all.addAll(over);
        return new OpenIncident(
                id,
                openedAt,
                all.subList(Math.max(0, all.size() - MOST_ENDED), all.size()),
                firstTold,
                lastTold,
                toldGroups,
                toldChannels,
                escalatedAt,
                acknowledgedBy);
    }

    /** The same, looked after by somebody. */
    OpenIncident acknowledged(String by) {
        return new OpenIncident(
                id,
                openedAt,
                ended,
                firstTold,
                lastTold,
                toldGroups,
                toldChannels,
                escalatedAt,
                by);
    }

    /** The same after people were told of those groups. */
    OpenIncident told(
            Collection<String> channels,
            List<SortedMap<String, String>> groups,
            boolean escalated,
            Instant at) {
        return new OpenIncident(
                id,
                openedAt,
                ended,
                firstTold == null ? at : firstTold,
                at,
                Stream.concat(toldGroups.stream(), groups.stream()).distinct().toList(),
                List.copyOf(
                        new TreeSet<>(
                                Stream.concat(toldChannels.stream(), channels.stream()).toList())),
                escalated ? at : escalatedAt,
                acknowledgedBy);
    }

    /** As people are told, with those of its alerts that fire. */
    Incident shown(Rule rule, List<Cell> firing, @Nullable Instant endedAt) {
        List<Alert> alerts =
                Stream.concat(
                                firing.stream().limit(MOST_ALERTS).map(cell -> cell.alert(null)),
                                ended.reversed().stream())
                        .limit(MOST_ALERTS)
                        .toList();
        return new Incident(
                id,
                rule.name(),
                rule.severity(),
                AlertWords.summary(rule),
                openedAt,
                endedAt,
                alerts,
                acknowledgedBy);
    }
}
