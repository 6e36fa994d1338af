package io.weir.store;

import io.weir.call.Attempt;
import io.weir.call.CacheUse;
import io.weir.call.CallRecord;
import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecord.Request;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Fingerprint;
import io.weir.call.Likeness;
import io.weir.call.Moments;
import io.weir.call.Principal;
import io.weir.call.TraceContext;
import io.weir.wire.Usage;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows back into records, cell by cell in the order in which {@link CallRows} writes them.
 * Belongs to one thread, at one row.
 */
final class CallCells {
    /**
     * The columns of {@code calls}, with the time as microseconds: a driver's own times are local.
     * Those that came later stand where their record has them.
     */
    static final String CALL =
            "SELECT id, epoch_us(received_at), trace_id, parent_span_id, span_id, trace_flags,"
                    + " request_fingerprint, prompt_beginnings,"
                    + " * EXCLUDE (id, received_at, trace_id, parent_span_id, span_id, trace_flags,"
                    + " request_fingerprint, prompt_beginnings)";

    static final String ATTEMPT = "SELECT * EXCLUDE (call_id, received_at)";
    static final String CONTENT = "SELECT request, response, truncated, pace";

    static final String PRICE_VERSION =
            "SELECT version, cost_nano_usd, cost_state, price_id, unpriced_reason,"
                    + " epoch_us(priced_at), priced_by";

    private final ResultSet row;
    private int column;

    CallCells(ResultSet row) {
        this.row = row;
    }

    Cursor cursor() throws SQLException {
        column = 0;
        return new Cursor(Micros.instant(number()), (UUID) row.getObject(++column));
    }

    CallRecord call() throws SQLException {
        column = 0;
        UUID id = (UUID) row.getObject(++column);
        Instant receivedAt = Micros.instant(number());
        Request request = request();
        Principal caller = caller();
        Answer answer = answer();
        Usage usage = usage();
        Confidence confidence = Confidence.of(text());
        return new CallRecord(
                id,
                receivedAt,
                request,
                caller,
                answer,
                usage,
                confidence,
                cost(),
                moments(),
                List.of(),
                cache(),
                null);
    }

    Attempt attempt() throws SQLException {
        column = 0;
        return new Attempt(
                (int) number(),
                text(),
                flag(),
                moment(),
                moment(),
                moment(),
                moment(),
                moment(),
                (int) number(),
                textOrNull(),
                textOrNull());
    }

    Content content() throws SQLException {
        column = 0;
        return new Content(text(), text(), flag(), text());
    }

    PriceVersion priceVersion() throws SQLException {
        column = 0;
        return new PriceVersion((int) number(), cost(), Micros.instant(number()), text());
    }

    private @Nullable TraceContext trace() throws SQLException {
        String traceId = textOrNull();
        String parentSpanId = textOrNull();
        String spanId = textOrNull();
        int flags = (int) number();
        return traceId == null || spanId == null
                ? null
                : new TraceContext(traceId, parentSpanId, spanId, flags);
    }

    private Request request() throws SQLException {
        TraceContext trace = trace();
        Fingerprint fingerprint = fingerprint();
        return new Request(
                text(),
                text(),
                text(),
                text(),
                textOrNull(),
                flag(),
                (int) number(),
                moment(),
                textOrNull(),
                textOrNull(),
                number(),
                (int) number(),
                textOrNull(),
                trace,
                fingerprint);
    }

    private @Nullable Fingerprint fingerprint() throws SQLException {
        long request = number();
        boolean none = row.wasNull();
        List<Long> beginnings = numbers();
        return none ? null : new Fingerprint(request, beginnings);
    }

    private @Nullable Principal caller() throws SQLException {
        String keyId = textOrNull();
        String keyName = textOrNull();
        String project = textOrNull();
        List<String> tags = texts();
        return keyId == null || keyName == null || project == null
                ? null
                : new Principal(keyId, keyName, project, tags);
    }

    private Answer answer() throws SQLException {
        return new Answer(
                text(),
                (int) number(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                texts(),
                number(),
                number());
    }

    private Usage usage() throws SQLException {
        return new Usage(
                number(), number(), number(), number(), number(), number(), number(), number(),
                number());
    }

    private Cost cost() throws SQLException {
        long nanoUsd = number();
        String state = text();
        String priceId = textOrNull();
        String reason = textOrNull();
        return switch (state) {
            case "priced" -> new Cost.Priced(nanoUsd, String.valueOf(priceId));
            case "unpriced" -> new Cost.Unpriced(String.valueOf(reason));
            case "free" -> new Cost.Free();
            default -> throw new IllegalStateException("no state of a cost: " + state);
        };
    }

    private Moments moments() throws SQLException {
        return new Moments(
                moment(), moment(), moment(), moment(), moment(), moment(), moment(), moment(),
                number());
    }

    private @Nullable CacheUse cache() throws SQLException {
        String word = textOrNull();
        CacheUse use = CacheUse.stored(word, numberOrNull());
        Likeness likeness = likeness();
        return use == null ? null : use.like(likeness);
    }

    private @Nullable Likeness likeness() throws SQLException {
        UUID of = (UUID) row.getObject(++column);
        long question = number();
        Long answer = numberOrNull();
        return of == null ? null : new Likeness(of, question, answer);
    }

    private @Nullable Long numberOrNull() throws SQLException {
        long value = number();
        return row.wasNull() ? null : value;
    }

    private String text() throws SQLException {
        String text = textOrNull();
        if (text == null) {
            throw new IllegalStateException("column %d is null".formatted(column));
        }
        return text;
    }

    private @Nullable String textOrNull() throws SQLException {
        return row.getString(++column);
    }

    private long number() throws SQLException {
        return row.getLong(++column);
    }

    private long moment() throws SQLException {
        long value = row.getLong(++column);
        return row.wasNull() ? -1 : value;
    }

    private boolean flag() throws SQLException {
        return row.getBoolean(++column);
    }

    private List<Long> numbers() throws SQLException {
        Array array = row.getArray(++column);
        return array == null
                ? List.of()
                : Arrays.stream((Object[]) array.getArray()).map(Long.class::cast).toList();
    }

    private List<String> texts() throws SQLException {
        Array array = row.getArray(++column);
        if (array == null) {
            return List.of();
        }
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }
}
