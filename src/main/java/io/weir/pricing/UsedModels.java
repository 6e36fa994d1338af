package io.weir.pricing;

import io.weir.prices.Billable;
import io.weir.prices.PriceBook;
import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.wire.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models that calls asked for and that answered them, most calls first. */
public final class UsedModels {
    /** Whoever makes up a new model's name with each call must not fill a page. */
    private static final int MOST = 500;

    private static final String USED =
            """
            SELECT request_model, response_model, unpriced_reason, count(*) AS calls,
                sum(input_tokens + cache_read_tokens + cache_write_tokens + input_audio_tokens
                    + input_image_tokens + output_tokens + reasoning_tokens + output_audio_tokens
                    + output_image_tokens),
                max(received_at)
            FROM calls
            WHERE received_at >= ? AND outcome <> 'refused'
                AND (request_model IS NOT NULL OR response_model IS NOT NULL)
            GROUP BY request_model, response_model, unpriced_reason
            ORDER BY calls DESC, request_model, response_model, unpriced_reason LIMIT %d
            """
                    .formatted(MOST);

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("asked", Unit.TEXT),
                    new Column("answered", Unit.TEXT),
                    new Column("reason", Unit.TEXT),
                    new Column("calls", Unit.CALLS),
                    new Column("tokens", Unit.TOKENS),
                    new Column("last_call", Unit.TIME));

    private UsedModels() {}

    /** Calls of a model. */
    public record Use(String model, long calls, long tokens, Instant lastCall) {
        Use plus(Use other) {
            return new Use(
                    model,
                    calls + other.calls,
                    tokens + other.tokens,
                    lastCall.isAfter(other.lastCall) ? lastCall : other.lastCall);
        }
    }

    /**
     * Calls that asked for the same and were answered by the same.
     *
     * @param asked null where the request named no model
     * @param answered null where the answer named none
     * @param reason why they have no price; empty where they have one
     */
    record Row(
            @Nullable String asked,
            @Nullable String answered,
            String reason,
            long calls,
            long tokens,
            Instant lastCall) {
        boolean unpriced() {
            return !reason.isEmpty();
        }

        /** The model whose price counts. */
        String model(PriceBook book, Instant now) {
            return new Billable(asked, answered, null, false, Usage.NONE, now).model(book);
        }

        /** What it may be known by, the model that answered first. */
        List<String> names() {
            return Stream.of(answered, asked).filter(Objects::nonNull).distinct().toList();
        }

        Use use(String model) {
            return new Use(model, calls, tokens, lastCall);
        }
    }

    static List<Row> since(CallStore store, Instant since) throws StoreUnavailable {
        Table table = store.table(USED, List.of(since), COLUMNS);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            if (table.cell(i, "calls") instanceof Long calls
                    && table.cell(i, "tokens") instanceof Long tokens
                    && table.cell(i, "last_call") instanceof Instant last) {
                String reason = (String) table.cell(i, "reason");
                rows.add(
                        new Row(
                                (String) table.cell(i, "asked"),
                                (String) table.cell(i, "answered"),
                                reason == null ? "" : reason,
                                calls,
                                tokens,
                                last));
            }
        }
        return rows;
    }
}
