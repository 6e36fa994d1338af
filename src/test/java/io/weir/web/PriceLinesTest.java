package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.prices.PriceBook;
import io.weir.web.PriceLines.Line;
import io.weir.wire.Usage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PriceLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Usage USAGE = Usage.ofText(1_000, 500);

    private final PriceBook book = PriceBook.shipped();

    @Test
    void theLinesOfAPricedCallAddUpToWhatItCost() {
        Cost cost = book.price("gpt-4o", null, false, USAGE, NOW);

        PriceLines lines = PriceLines.of(call(cost), book);

        assertThat(lines.lines())
                .containsExactly(
                        new Line("text input", Figures.count(1_000).text(), "$2.50", "$0.0025"),
                        new Line("text output", "500", "$10.00", "$0.005"));
        assertThat(lines.sum()).isEqualTo("$0.0075");
        assertThat(lines.note()).isEqualTo("Price gpt-4o/standard.");
    }

    @Test
    void aPriceThatIsNotTheBooksIsNotExplainedByTheBook() {
        PriceLines changed =
                PriceLines.of(call(new Cost.Priced(7_400_000, "gpt-4o/standard")), book);
        PriceLines gone = PriceLines.of(call(new Cost.Priced(7_500_000, "gone/standard")), book);

        for (PriceLines lines : new PriceLines[] {changed, gone}) {
            assertThat(lines.lines()).extracting(Line::rate).containsOnly("");
            assertThat(lines.note()).contains("the price book has other prices now");
        }
        assertThat(changed.sum()).isEqualTo("$0.0074");
    }

    @Test
    void aCallWithoutAPriceSaysWhy() {
        PriceLines lines = PriceLines.of(call(new Cost.Unpriced("no price for x")), book);

        assertThat(lines.lines()).extracting(Line::amount).containsExactly("", "");
        assertThat(lines.sum()).isEqualTo("unpriced");
        assertThat(lines.note()).isEqualTo("no price for x");
    }

    private static CallRecord call(Cost cost) {
        return CallRecords.at(NOW, 1).usage(USAGE, Confidence.PROVIDER).cost(cost).build();
    }
}
