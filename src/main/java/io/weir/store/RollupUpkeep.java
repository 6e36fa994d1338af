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
                    + " outcome, status, error_type, error_code, upstream, usage_confidence, cost_state";

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
                    "upstream_us");

    /** Histograms are laid end to end first; then what they have of one bucket becomes one. */
    private static final String ADD_UP =
            """
            INSERT INTO rollup_sums
            WITH sums AS MATERIALIZED (
                SELECT %1$s, %2$s,
                    flatten(list(closed_logs)) AS cl, flatten(list(closed_counts)) AS cc,
                    flatten(list(first_token_logs)) AS fl, flatten(list(first_token_counts)) AS fc,
                    row_number() OVER () AS number
                FROM rollup_parts WHERE received_at <= make_timestamp(?) GROUP BY %1$s),
            closed AS (%3$s),
            first_token AS (%4$s)
            SELECT %1$s, %5$s, coalesce(closed.logs, []), coalesce(closed.counts, []),
                coalesce(first_token.logs, []), coalesce(first_token.counts, [])
            FROM sums LEFT JOIN closed USING (number) LEFT JOIN first_token USING (number)
            ORDER BY received_at
            """
                    .formatted(
                            GROUP,
                            SUMS.stream()
                                    .map(sum -> "sum(" + sum + ")::BIGINT AS " + sum)
                                    .collect(Collectors.joining(", ")),
                            histogram("cl", "cc"),
                            histogram("fl", "fc"),
                            String.join(", ", SUMS));

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

    private static String histogram(String logs, String counts) {
        return """
        SELECT number, list(log ORDER BY log) AS logs, list(n ORDER BY log) AS counts FROM (
            SELECT number, log, sum(n)::INTEGER AS n
            FROM (SELECT number, unnest(%s) AS log, unnest(%s) AS n FROM sums)
            GROUP BY number, log)
        GROUP BY number\
        """
                .formatted(logs, counts);
    }
}
