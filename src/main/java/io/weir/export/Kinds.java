package io.weir.export;

import io.weir.config.ConfigException;
import io.weir.export.otlp.OtlpDestination;
import io.weir.outbound.DestinationKeys;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The catalogue of destinations: a line each. */
final class Kinds {
    private static final SortedMap<String, Kind> ALL =
            new TreeMap<>(
                    Map.of(
                            "jsonl", JsonLines::opening,
                            "kafka", KafkaDestination::opening,
                            "loggly", LogglyDestination::opening,
                            "otlp", OtlpDestination::opening,
                            "s3", S3Destination::opening,
                            "splunk", SplunkDestination::opening,
                            "syslog", SyslogDestination::opening,
                            "webhook", WebhookDestination::opening));

    private Kinds() {}

    /** Reads what a destination needs. */
    @FunctionalInterface
    interface Kind {
        /**
         * What opens it.
         *
         * @throws ConfigException saying which key is wrong and what would do
         */
        Opening read(DestinationKeys keys);
    }

    /** How large a batch is, and how old, where that is not configured. */
    record Batches(int events, String bytes, String age) {
        private static final Batches USUAL = new Batches(500, "1MiB", "2s");

        /** A file for each is read again and again: there should be few. */
        private static final Batches FILES = new Batches(10_000, "16MiB", "5m");
    }

    static Batches batches(String word) {
        return word.equals("s3") ? Batches.FILES : Batches.USUAL;
    }

    static Kind of(String word, String origin) {
        Kind kind = ALL.get(word);
        if (kind == null) {
            throw new ConfigException(
                    "%s: kind: '%s' is not one of %s."
                            .formatted(origin, word, String.join(", ", ALL.keySet())));
        }
        return kind;
    }
}
