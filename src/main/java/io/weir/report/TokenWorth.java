package io.weir.report;

import io.weir.prices.Rates;
import io.weir.report.Saving.Part;
import io.weir.report.SavingsQuestion.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the tokens of a row would not have cost. */
@FunctionalInterface
interface TokenWorth {
    /** Adds the money of a row's tokens at its prices. */
    void add(Row row, Rates rates, PicoDollars saved);

    /** Of one row, whole nano-dollars; zero where the price book has its prices no more. */
    default long nanoUsd(SavingsQuestion question, Row row) {
        PicoDollars saved = new PicoDollars();
        question.rates(row.text("price_id")).ifPresent(rates -> add(row, rates, saved));
        return saved.nanoUsd();
    }

    /**
     * The parts of a way, from rows with {@code price_id}, {@code calls} and {@code cost}: those
     * that differ in their prices alone are put together, and those left out whose prices the book
     * has no more.
     */
    default List<Part> parts(SavingsQuestion question, List<Row> rows) {
        Map<List<@Nullable Object>, Sum> sums = new LinkedHashMap<>();
        for (Row row : rows) {
            Optional<Rates> rates = question.rates(row.text("price_id"));
            if (rates.isPresent()) {
                Sum sum = sums.computeIfAbsent(question.by(row), unseen -> new Sum());
                sum.calls += row.number("calls");
                sum.cost = Math.addExact(sum.cost, row.number("cost"));
                add(row, rates.get(), sum.saved);
            }
        }
        List<Part> parts = new ArrayList<>();
        sums.forEach(
                (by, sum) -> parts.add(new Part(by, sum.calls, sum.cost, sum.saved.nanoUsd())));
        return parts;
    }

    /** Sums while they grow. */
    final class Sum {
        private final PicoDollars saved = new PicoDollars();
        private long calls;
        private long cost;

        private Sum() {}
    }
}
