package io.weir.export;

import io.weir.outbound.HttpSettings;
import io.weir.wire.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * How events go to Splunk.
 *
 * @param http its url is the event collector's, as {@code https://splunk.example.com:8088}, with or
 *     without {@code /services/collector/event}
 * @param host of each event
 * @param index of each event; the token's own where it is missing
 * @param ack whether a batch counts as sent only when indexers have it; missing where not
 */
record SplunkSettings(
        HttpSettings http,
        Secret token,
        String host,
        String source,
        String sourcetype,
        Optional<String> index,
        Optional<Ack> ack) {
    /**
     * Waiting for an acknowledgement.
     *
     * @param every how often it is asked for
     * @param most for how long; after that the batch counts as failed
     */
    record Ack(Duration every, Duration most) {
        Ack {
            if (!every.isPositive() || most.compareTo(every) < 0) {
                throw new IllegalArgumentException(
                        "acknowledgements are asked for every %s for %s: give a longer time"
                                .formatted(every, most));
            }
        }
    }
}
