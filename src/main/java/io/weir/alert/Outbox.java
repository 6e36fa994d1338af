package io.weir.alert;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What channels are yet to be told, the oldest first. Guarded by its desk's lock. */
final class Outbox {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

    /** A channel that has been away for so many has other troubles. */
    private static final int MOST = 500;

    private final SortedMap<String, Deque<Notification>> waiting = new TreeMap<>();

    /** With what was left; what waited for a channel that is gone goes. */
    Outbox(List<String> channels, Map<String, List<Notification>> before) {
        for (String channel : channels) {
            waiting.put(channel, new ArrayDeque<>(before.getOrDefault(channel, List.of())));
        }
    }

    /** Adds one for a channel; a channel that is gone is passed over. */
    void add(String channel, Notification notification) {
        @Nullable Deque<Notification> of = waiting.get(channel);
        if (of == null) {
            return;
        }
        of.add(notification);
        if (of.size() > MOST) {
            Notification lost = of.remove();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "channel {0} has been away for too long: it will not be told of {1}",
                    channel,
                    lost.id());
        }
    }

    Optional<Notification> first(String channel) {
        return Optional.ofNullable(of(channel).peek());
    }

    void remove(String channel, Notification notification) {
        of(channel).removeIf(each -> each.id().equals(notification.id()));
    }

    int size(String channel) {
        return of(channel).size();
    }

    SortedMap<String, List<Notification>> all() {
        SortedMap<String, List<Notification>> all = new TreeMap<>();
        waiting.forEach((channel, of) -> all.put(channel, List.copyOf(of)));
        return all;
    }

    private Deque<Notification> of(String channel) {
        @Nullable Deque<Notification> of = waiting.get(channel);
        if (of == null) {
            throw new IllegalArgumentException("there is no channel " + channel);
        }
        return of;
    }
}
