package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import io.weir.store.Unit;
import java.util.ArrayList;
import java.util.List;

/** How many tokens are used: part by part, in all, and by where the number comes from. */
final class UsageReport implements Report {
    private static final List<String> PARTS =
            List.of(
                    "input_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "input_audio_tokens",
                    "input_image_tokens",
                    "output_tokens",
                    "reasoning_tokens",
                    "output_audio_tokens",
                    "output_image_tokens");

    @Override
    public String name() {
        return "usage";
    }

    @Override
    public String summary() {
        return "How many tokens are used: part by part, in all, and whether the provider said so or Weir counted.";
    }

    @Override
    public Table run(ReportQuery query, CallStore store) throws StoreUnavailable {
        return new Grouping(query, measures(), "total_tokens").of(store);
    }

    private static List<Measure> measures() {
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.CALLS);
        measures.add(tokens("total_input_tokens", Words.INPUT, "true"));
        measures.add(tokens("total_output_tokens", Words.OUTPUT, "true"));
        measures.add(tokens("total_tokens", Words.INPUT + " + " + Words.OUTPUT, "true"));
        PARTS.forEach(part -> measures.add(tokens(part, part, "true")));
        for (String word : List.of("provider", "estimated", "partial")) {
            measures.add(
                    tokens(
                            word + "_tokens",
                            Words.INPUT + " + " + Words.OUTPUT,
                            "usage_confidence = '" + word + "'"));
        }
        return measures;
    }

    private static Measure tokens(String name, String sql, String condition) {
        return new Measure(
                name,
                Unit.TOKENS,
                "coalesce(sum(%s) FILTER (WHERE %s), 0)".formatted(sql, condition));
    }
}
