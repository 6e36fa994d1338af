package io.weir.alert;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A notification of nothing, to try a channel with. */
final class Trial {
    private Trial() {}

    static Notification notification(Instant now, @Nullable String link) {
        String id = "test-" + now.toEpochMilli();
        Incident incident =
                new Incident(
                        id,
                        "weir-test",
                        Severity.INFO,
                        "nothing: somebody tries this channel",
                        now,
                        null,
                        List.of(
                                new Alert(
                                        new TreeMap<>(),
                                        "this is a test of the channel, and nothing has happened",
                                        0,
                                        now,
                                        null)),
                        null);
        return new Notification(id, Notification.Kind.TEST, now, incident, link);
    }
}
