package io.weir.reconcile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a column of a provider's CSV file means, by the names it goes by; the usual one first. */
enum CsvColumn {
    DAY("start_time start_time_iso date day usage_date timestamp time"),
    MODEL("model snapshot_id model_name"),
    LINE("line_item name service"),
    PROJECT("project_id project"),
    REQUESTS("num_model_requests num_requests n_requests requests request_count"),
    INPUT("input_tokens prompt_tokens n_context_tokens_total context_tokens"),
    OUTPUT("output_tokens completion_tokens n_generated_tokens_total generated_tokens"),
    BATCH("batch is_batch"),
    TIER("service_tier tier"),
    COST("amount_value cost cost_usd amount_usd amount cost_in_usd usd"),
    CURRENCY("amount_currency currency");

    /** With a blank between them. */
    private final String names;

    CsvColumn(String names) {
        this.names = names;
    }

    /** Where it is among a header's names; -1 where it is not. */
    int in(List<String> header) {
        List<String> plain = header.stream().map(CsvColumn::plain).toList();
        return names().mapToInt(plain::indexOf).filter(at -> at >= 0).findFirst().orElse(-1);
    }

    /** The name it usually goes by. */
    String usual() {
        return names().findFirst().orElseThrow();
    }

    private Stream<String> names() {
        return Arrays.stream(names.split(" ", -1));
    }

    /** {@code Cost (USD)} is {@code cost_usd}. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }
}
