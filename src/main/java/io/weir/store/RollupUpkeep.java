package io.weir.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Adds up what batches have left of a group, and deletes what is old, a bounded piece at a time, so
 * that the writer never waits long for it.
 */
final class RollupUpkeep {
    private static final String GROUP =
            "received_at, endpoint, request_model, response_model, stream, key_id, key_name, project,"
                    + " outcome, status, error_type, error_code, upstream, usage_confidence, cost_state,"
                    + " cache";

    private static final List<String> SUMS =
            List.of(
                    "calls",
                    "input_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "input_audio_tokens",
                    "input_image_tokens",
                    "output_tokens",
                    "reasoning_tokens",
                    "output_audio_tokens",
                    "output_image_tokens",
                    "cost_nano_usd",
                    "request_bytes",
                    "response_bytes",
                    "closed_us",
                    "upstream_us",
                    "connecting_us",
                    "sending_us",
                    "waiting_us",
                    "streaming_us",
                    "cache_saved_nano_usd");

    private static final List<String> HISTOGRAMS =
            List.of("closed", "first_token", "overhead", "pace");

    /** Histograms are laid end to end first; then what they have of one bucket becomes one. */
    private static final String ADD_UP =
            """
            INSERT INTO rollup_sums BY NAME
            WITH sums AS MATERIALIZED (
                SELECT %1$s, %2$s, %3$s, row_number() OVER () AS number
                FROM rollup_parts WHERE received_at <= make_timestamp(?) GROUP BY %1$s),
            %4$s
            SELECT %1$s, %5$s, %6$s FROM sums %7$s ORDER BY received_at
            """
                    .formatted(
                            GROUP,
                            sums("sum(%1$s)::BIGINT AS %1$s"),
                            histograms(
                                    "flatten(list(%1$s_logs)) AS %1$s_l, flatten(list(%1$s_counts)) AS %1$s_c"),
                            histograms(
                                    """
                                    %1$s AS (
                                        SELECT number, list(log ORDER BY log) AS logs, list(n ORDER BY log) AS counts
                                        FROM (SELECT number, log, sum(n)::INTEGER AS n
                                            FROM (SELECT number, unnest(%1$s_l) AS log, unnest(%1$s_c) AS n FROM sums)
                                            GROUP BY number, log)
                                        GROUP BY number)\
                                    """),
                            sums("%s"),
                            histograms(
                                    "coalesce(%1$s.logs, []) AS %1$s_logs, coalesce(%1$s.counts, []) AS %1$s_counts"),
                            HISTOGRAMS.stream()
                                    .map("LEFT JOIN %s USING (number)"::formatted)
                                    .collect(Collectors.joining(" ")));

    private final Connection connection;

    RollupUpkeep(Connection connection) {
        this.connection = connection;
    }

    /** Adds up the oldest parts of calls received before then; false when none is left. */
    boolean addUp(Instant before) throws SQLException {
        OptionalLong through = Retention.endOfPiece(connection, "rollup_parts", over(before));
        if (through.isEmpty()) {
            return false;
        }
        try (Transaction transaction = new Transaction(connection)) {
            try (PreparedStatement addUp = connection.prepareStatement(ADD_UP)) {
                addUp.setLong(1, through.getAsLong());
                addUp.executeLargeUpdate();
            }
            Retention.delete(connection, "rollup_parts", through.getAsLong());
            transaction.commit();
        }
        return true;
    }

    /** Deletes the oldest sums of calls received before then; 0 when none is left. */
    long delete(Instant before) throws SQLException {
        OptionalLong through = Retention.endOfPiece(connection, "rollup_sums", over(before));
        return through.isEmpty()
                ? 0
                : Retention.delete(connection, "rollup_sums", through.getAsLong());
    }

    /** Where the five minutes have to begin that are over by then. */
    private static Instant over(Instant by) {
        return by.minus(RollupGroup.WIDTH);
    }

    private static String sums(String form) {
        return SUMS.stream().map(form::formatted).collect(Collectors.joining(", "));
    }

    private static String histograms(String form) {
        return HISTOGRAMS.stream().map(form::formatted).collect(Collectors.joining(", "));
    }
}
