package io.weir.web;

import io.weir.report.CacheSavings;
import io.weir.report.DailySpend;
import io.weir.report.Measure;
import io.weir.report.Measures;
import io.weir.report.SpendMeasures;
import io.weir.report.SpendProjection;
import io.weir.report.Steps;
import io.weir.store.Table;
import io.weir.store.Unit;
import io.weir.web.Delta.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tiles above the costs. */
final class SpendTiles {
    private final Compared figures;
    private final Period now;

    SpendTiles(Table totals, Table series, Steps steps) {
        this.figures = Compared.of(totals, series, steps);
        this.now = figures.now();
    }

    List<Tile> tiles(CacheSavings savings, DailySpend spend, Optional<SpendProjection> projection) {
        List<Tile> tiles = new ArrayList<>(always(savings, spend, projection));
        if (now.number(SpendMeasures.CACHE_HITS) > 0) {
            tiles.add(
                    4,
                    tile(
                            "Saved by Weir's cache",
                            SpendMeasures.CACHE_SAVED,
                            now.figure(SpendMeasures.CACHE_HITS).text() + " calls not made"));
        }
        return tiles;
    }

    private List<Tile> always(
            CacheSavings savings, DailySpend spend, Optional<SpendProjection> projection) {
        return List.of(
                tile("Spend", Measures.COST, confidence()),
                tile("A call", SpendMeasures.COST_PER_CALL, "where priced"),
                tile("1k tokens out", SpendMeasures.COST_PER_1K_OUTPUT_TOKENS, "prompts included"),
                tile("From the cache", SpendMeasures.CACHE_SHARE, saved(savings)),
                new Tile(
                        "This month",
                        Figures.money(spend.monthToDate()),
                        Delta.NONE,
                        "since " + spend.month() + ", UTC",
                        ""),
                new Tile(
                        "By its end",
                        projection.map(it -> Figures.money(it.end().likely())).orElse(Figure.NONE),
                        Delta.NONE,
                        projection
                                .map(it ->
                                        Figures.money(it.end().low()).text()
                                                + " to "
                                                + Figures.money(it.end().high()).text()
                                                + ", 8 times in 10")
                                .orElse(SpendProjection.LEAST_DAYS + " whole days are needed"),
                        ""));
    }

    private Tile tile(String label, Measure measure, String note) {
        @Nullable Double missing = measure.equals(Measures.COST) ? Double.valueOf(0) : null;
        return figures.tile(label, measure, Meaning.NEUTRAL, note, missing);
    }

    /** What has no price comes first: it is missing from the sum. */
    private String confidence() {
        List<String> notes = new ArrayList<>();
        if (now.number(Measures.UNPRICED_CALLS) > 0) {
            notes.add(now.figure(Measures.UNPRICED_CALLS).text() + " calls unpriced");
        }
        part(notes, SpendMeasures.ESTIMATED_COST, "estimated");
        part(notes, SpendMeasures.PARTIAL_COST, "partial");
        return notes.isEmpty() ? "as the provider counted" : String.join(", ", notes);
    }

    private void part(List<String> notes, Measure part, String word) {
        double share = now.number(part) / now.number(Measures.COST);
        if (share > 0) {
            notes.add(Figures.share(share).text() + " " + word);
        }
    }

    /** What is saved at prices nobody knows is told apart: it is missing from the sum. */
    private static String saved(CacheSavings savings) {
        List<String> notes = new ArrayList<>();
        if (savings.tokens() > 0) {
            notes.add("saved " + Figures.of(Unit.NANO_USD, savings.nanoUsd()).text());
        }
        if (savings.unknownTokens() > 0) {
            String tokens = Figures.of(Unit.TOKENS, savings.unknownTokens()).text();
            notes.add(tokens + " tokens of unknown price");
        }
        return String.join("; ", notes);
    }
}
