package io.weir.web;

import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls as a table with every column, for a spreadsheet. */
final class CallSheet {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("id", Unit.TEXT),
                    new Column("received_at", Unit.TIME),
                    new Column("endpoint", Unit.TEXT),
                    new Column("request_model", Unit.TEXT),
                    new Column("response_model", Unit.TEXT),
                    new Column("stream", Unit.FLAG),
                    new Column("key_name", Unit.TEXT),
                    new Column("project", Unit.TEXT),
                    new Column("tags", Unit.TEXT),
                    new Column("end_user", Unit.TEXT),
                    new Column("user_agent", Unit.TEXT),
                    new Column("trace_id", Unit.TEXT),
                    new Column("client_retry", Unit.NUMBER),
                    new Column("outcome", Unit.TEXT),
                    new Column("status", Unit.NUMBER),
                    new Column("error_type", Unit.TEXT),
                    new Column("error_code", Unit.TEXT),
                    new Column("error_message", Unit.TEXT),
                    new Column("upstream", Unit.TEXT),
                    new Column("service_tier", Unit.TEXT),
                    new Column("finish_reasons", Unit.TEXT),
                    new Column("total_input_tokens", Unit.TOKENS),
                    new Column("cache_read_tokens", Unit.TOKENS),
                    new Column("total_output_tokens", Unit.TOKENS),
                    new Column("reasoning_tokens", Unit.TOKENS),
                    new Column("usage_confidence", Unit.TEXT),
                    new Column("cost_nano_usd", Unit.NANO_USD),
                    new Column("cost_state", Unit.TEXT),
                    new Column("price_id", Unit.TEXT),
                    new Column("cache", Unit.TEXT),
                    new Column("cache_saved_nano_usd", Unit.NANO_USD),
                    new Column("latency_us", Unit.US),
                    new Column("first_token_us", Unit.US),
                    new Column("longest_gap_us", Unit.US),
                    new Column("upstream_us", Unit.US),
                    new Column("overhead_us", Unit.US));

    private CallSheet() {}

    static Table of(List<CallRecord> calls) {
        return new Table(COLUMNS, calls.stream().map(CallSheet::row).toList());
    }

    private static List<@Nullable Object> row(CallRecord call) {
        List<@Nullable Object> cells = new ArrayList<>();
        asked(cells, call);
        answered(cells, call.answer());
        used(cells, call);
        cells.add(known(call.moments().closed()));
        cells.add(known(call.moments().firstToken()));
        cells.add(known(call.moments().longestGap()));
        cells.add(call.moments().upstream());
        cells.add(call.moments().overhead());
        return cells;
    }

    private static void asked(List<@Nullable Object> cells, CallRecord call) {
        CallRecord.Request request = call.request();
        add(cells, call.id().toString(), call.receivedAt(), request.endpoint(), request.model());
        add(cells, call.answer().responseModel(), request.stream());
        if (call.caller() == null) {
            add(cells, null, null, null);
        } else {
            add(cells, call.caller().keyName(), call.caller().project());
            add(cells, String.join(" ", call.caller().tags()));
        }
        add(cells, request.endUser(), request.userAgent());
        add(cells, request.trace() == null ? null : request.trace().traceId());
        add(cells, (long) request.clientRetry());
    }

    private static void answered(List<@Nullable Object> cells, CallRecord.Answer answer) {
        add(cells, answer.outcome(), (long) answer.status(), answer.errorType());
        add(cells, answer.errorCode(), answer.errorMessage(), answer.upstream());
        add(cells, answer.serviceTier(), String.join(" ", answer.finishReasons()));
    }

    private static void used(List<@Nullable Object> cells, CallRecord call) {
        add(cells, call.usage().inputTotal(), call.usage().cacheRead());
        add(cells, call.usage().outputTotal(), call.usage().reasoning());
        add(cells, call.usageConfidence().word(), call.cost().nanoUsdOrNull());
        add(
                cells,
                call.cost().state(),
                call.cost() instanceof Cost.Priced priced ? priced.priceId() : null);
        add(
                cells,
                call.cache() == null ? null : call.cache().state().word(),
                call.cache() == null ? null : call.cache().savedNanoUsd());
    }

    private static void add(List<@Nullable Object> cells, @Nullable Object... more) {
        cells.addAll(Arrays.asList(more));
    }

    private static @Nullable Long known(long micros) {
        return micros < 0 ? null : micros;
    }
}
