package io.weir.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.Cost;
import io.weir.wire.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriceBookTest {
    private static final Instant NOW = Instant.parse("2026-11-22T01:02:03Z");
    private static final PriceBook SHIPPED = PriceBook.shipped();

    @Test
    void pricesPlainText() {
        // 1,000 x $2.50 + 100 x $10 a million
        assertThat(price("gpt-4o", Usage.ofText(1_000, 100)))
                .isEqualTo(new Cost.Priced(3_500_000, "gpt-4o/standard"));
    }

    @Test
    void pricesCachedInputApart() {
        Usage usage = new Usage(100, 900, 0, 0, 0, 0, 0, 0, 0);
        assertThat(nanoUsd("gpt-4o", usage)).isEqualTo(100 * 2_500 + 900 * 1_250);
    }

    @Test
    void billsReasoningAsOutput() {
        Usage usage = new Usage(0, 0, 0, 0, 0, 10, 90, 0, 0);
        assertThat(nanoUsd("gpt-5", usage)).isEqualTo(100 * 10_000);
    }

    @Test
    void billsCachedInputAsInputWhereItHasNoPrice() {
        Usage usage = new Usage(0, 10, 20, 0, 0, 0, 0, 0, 0);
        assertThat(nanoUsd("gpt-4", usage)).isEqualTo(30 * 30_000);
    }

    @Test
    void pricesAudioApart() {
        Usage usage = new Usage(10, 0, 0, 100, 0, 5, 0, 50, 0);
        assertThat(nanoUsd("gpt-audio", usage))
                .isEqualTo(10 * 2_500 + 100 * 32_000 + 5 * 10_000 + 50 * 64_000);
    }

    @Test
    void audioWithoutAPriceIsUnpriced() {
        Usage usage = new Usage(10, 0, 0, 100, 0, 5, 0, 0, 0);
        assertThat(price("gpt-4o", usage))
                .isEqualTo(new Cost.Unpriced("no price for audio input in gpt-4o/standard"));
    }

    @Test
    void pricesEachTierByItsOwnPrices() {
        Usage usage = Usage.ofText(1_000, 0);
        assertThat(priceIn("flex", "o3", usage)).isEqualTo(1_000_000);
        assertThat(priceIn("priority", "o3", usage)).isEqualTo(3_500_000);
        for (String standard : List.of("auto", "default", "scale", "")) {
            assertThat(priceIn(standard, "o3", usage)).as(standard).isEqualTo(2_000_000);
        }
        assertThat(SHIPPED.price("o3", "default", true, usage, NOW))
                .isEqualTo(new Cost.Priced(1_000_000, "o3@2025-06-10/batch"));
    }

    @Test
    void aTierWithoutPricesIsUnpriced() {
        assertThat(SHIPPED.price("gpt-4", "flex", false, Usage.ofText(1, 1), NOW))
                .isEqualTo(new Cost.Unpriced("no flex price for gpt-4"));
        assertThat(SHIPPED.price("gpt-4", "turbo", false, Usage.ofText(1, 1), NOW))
                .isEqualTo(new Cost.Unpriced("no prices for the service tier turbo"));
    }

    @Test
    void aCallAboveTheThresholdPaysLongContextPricesForAllOfIt() {
        assertThat(price("gpt-5.4", new Usage(271_999, 1, 0, 0, 0, 1, 0, 0, 0)))
                .isEqualTo(new Cost.Priced(271_999L * 2_500 + 250 + 15_000, "gpt-5.4/standard"));
        assertThat(price("gpt-5.4", new Usage(271_999, 2, 0, 0, 0, 1, 0, 0, 0)))
                .isEqualTo(
                        new Cost.Priced(
                                271_999L * 5_000 + 2 * 500 + 22_500, "gpt-5.4/standard>272000"));
        assertThat(SHIPPED.price("gpt-5.4", "priority", false, Usage.ofText(272_001, 1), NOW))
                .isEqualTo(new Cost.Unpriced("no long-context priority price for gpt-5.4"));
    }

    @Test
    void anOlderCallGetsTheOlderPrice() {
        Usage usage = Usage.ofText(1_000, 0);
        Instant change = Instant.parse("2025-06-10T00:00:00Z");
        assertThat(SHIPPED.price("o3", null, false, usage, change.minusNanos(1)))
                .isEqualTo(new Cost.Priced(10_000_000, "o3/standard"));
        assertThat(SHIPPED.price("o3", null, false, usage, change))
                .isEqualTo(new Cost.Priced(2_000_000, "o3@2025-06-10/standard"));
    }

    @Test
    void findsAModelUnderMoreGeneralNames() {
        Usage usage = Usage.ofText(1_000, 0);
        assertThat(nanoUsd("gpt-4o-2024-05-13", usage)).isEqualTo(5_000_000);
        assertThat(nanoUsd("gpt-4o-2031-01-01", usage)).isEqualTo(2_500_000);
        assertThat(nanoUsd("openai/gpt-4o", usage)).isEqualTo(2_500_000);
        assertThat(nanoUsd("openai/gpt-4o-2031-01-01", usage)).isEqualTo(2_500_000);
        assertThat(nanoUsd("ft:gpt-4o-mini-2024-07-18:org::id", usage)).isEqualTo(300_000);
        assertThat(nanoUsd("ft:gpt-4o-mini-2031-01-01:org:name:id", usage)).isEqualTo(300_000);
    }

    @Test
    void neverPricesAFineTunedModelAsThePlainOne() {
        for (String model : List.of("ft:gpt-5:org::id", "ft:gpt-5-2025-08-07:org::id", "ft:")) {
            assertThat(price(model, Usage.ofText(1, 1)))
                    .isEqualTo(new Cost.Unpriced("no price for " + model));
        }
    }

    @Test
    void anUnknownModelIsUnpricedAndAHostileNameIsCut() {
        assertThat(price("gpt-9", Usage.ofText(1, 1)))
                .isEqualTo(new Cost.Unpriced("no price for gpt-9"));
        assertThat(price("x".repeat(1_000_000), Usage.ofText(1, 1)))
                .isEqualTo(new Cost.Unpriced("no price for " + "x".repeat(200)));
    }

    @Test
    void aModelThatIsNotBilledByTokensIsUnpriced() {
        assertThat(price("whisper-1", Usage.NONE))
                .isEqualTo(new Cost.Unpriced("billed by the second, not by tokens: whisper-1"));
        assertThat(price("tts-1", Usage.ofText(9, 0)))
                .isEqualTo(new Cost.Unpriced("billed by the character, not by tokens: tts-1"));
    }

    @Test
    void nothingUsedAndModerationAreFree() {
        assertThat(price("gpt-4o", Usage.NONE)).isEqualTo(new Cost.Free());
        assertThat(price("gpt-9", Usage.NONE)).isEqualTo(new Cost.Free());
        assertThat(price("omni-moderation-latest", Usage.ofText(7, 0))).isEqualTo(new Cost.Free());
    }

    @Test
    void anOverrideWithoutADateTakesThePlaceOfAllThatWasKnown() {
        PriceBook book = SHIPPED.withOverrides(List.of(entry("o3", null, 7)));
        Usage usage = Usage.ofText(1_000, 0);
        assertThat(book.price("o3", null, false, usage, Instant.EPOCH))
                .isEqualTo(new Cost.Priced(7, "o3/standard"));
        assertThat(book.price("o3", null, false, usage, NOW))
                .isEqualTo(new Cost.Priced(7, "o3/standard"));
        // The dated name was an alias of the overridden entry, and keeps its prices.
        assertThat(book.price("o3-2025-04-16", null, false, usage, NOW))
                .isEqualTo(new Cost.Priced(2_000_000, "o3-2025-04-16@2025-06-10/standard"));
        assertThat(book.entry("gpt-4o", NOW)).isEqualTo(SHIPPED.entry("gpt-4o", NOW));
    }

    @Test
    void anOverrideWithADateLeavesTheDaysBefore() {
        LocalDate from = LocalDate.of(2026, 11, 1);
        PriceBook book = SHIPPED.withOverrides(List.of(entry("o3", from, 7)));
        Usage usage = Usage.ofText(1_000, 0);
        assertThat(book.price("o3", null, false, usage, NOW))
                .isEqualTo(new Cost.Priced(7, "o3@2026-11-01/standard"));
        assertThat(book.price("o3", null, false, usage, Instant.parse("2026-10-31T23:59:59Z")))
                .isEqualTo(new Cost.Priced(2_000_000, "o3@2025-06-10/standard"));
    }

    @Test
    void anOverrideCanAddAModel() {
        PriceBook book = SHIPPED.withOverrides(List.of(entry("mine", null, 7)));
        assertThat(book.price("mine", null, false, Usage.ofText(1_000, 0), NOW))
                .isEqualTo(new Cost.Priced(7, "mine/standard"));
        assertThat(book.entries()).hasSize(SHIPPED.entries().size() + 1);
    }

    @Test
    void aCallBeforeTheFirstPriceIsUnpriced() {
        PriceBook book = PriceBook.of(List.of(entry("mine", LocalDate.of(2026, 11, 1), 7)));
        assertThat(book.price("mine", null, false, Usage.ofText(1, 0), Instant.EPOCH))
                .isEqualTo(new Cost.Unpriced("no price of that time for mine"));
    }

    @Test
    void twoPricesOfOneDayAreRefused() {
        List<PriceEntry> twice = List.of(entry("mine", null, 7), entry("mine", null, 8));
        assertThatThrownBy(() -> PriceBook.of(twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mine");
    }

    @Test
    void readsTheFormThatOverridesHave() {
        String json =
                """
                {"entries": [{"model": "my-model", "from": "2026-11-01",
                  "tiers": {"standard": {"input": 0.5, "output": 1.250000}}}]}
                """;
        PriceBook book = PriceBook.parse(json.getBytes(StandardCharsets.UTF_8));
        assertThat(book.price("my-model", null, false, Usage.ofText(1, 1), NOW))
                .isEqualTo(new Cost.Priced(1_750, "my-model@2026-11-01/standard"));
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        assertRefused("[", "not JSON");
        assertRefused("{}", "no list called entries");
        assertRefused(entries("{}"), "no model name");
        assertRefused(entries("{'model': 'm'}"), "m is billed by tokens");
        assertRefused(entries("{'model': 'm', 'imput': 1}"), "no field called imput");
        assertRefused(withStandard("{'imput': 1}"), "no price called imput");
        assertRefused(withStandard("{'input': '1'}"), "not a number");
        assertRefused(withStandard("{'input': -1}"), "not between 0 and");
        assertRefused(withStandard("{'input': 1e300}"), "not between 0 and");
        assertRefused(withStandard("{'input': 0.0000001}"), "at most six decimals");
        assertRefused(
                withStandard("{'input': 1, 'long_context': {'input': 2}}"), "long-context prices");
        assertRefused(
                entries("{'model': 'm', 'from': 'today', 'tiers': {'standard': {}}}"),
                "not a date");
        assertRefused(
                entries("{'model': 'm', 'tiers': {'express': {'input': 1}}}"),
                "tier called express");
    }

    private static void assertRefused(String json, String why) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PriceBook.parse(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static String entries(String entry) {
        return "{'entries': [" + entry + "]}";
    }

    private static String withStandard(String rates) {
        return entries("{'model': 'm', 'tiers': {'standard': " + rates + "}}");
    }

    /** An entry with an input price of so many nano-dollars a thousand tokens. */
    private static PriceEntry entry(String model, @Nullable LocalDate from, long input) {
        Rates rates = Rates.of(Map.of(Part.INPUT, input));
        return new PriceEntry(
                model,
                List.of(),
                from,
                null,
                List.of(),
                List.of(),
                PriceEntry.TOKENS,
                0,
                Map.of(Tier.STANDARD, new TierRates(rates, null)));
    }

    private static Cost price(String model, Usage usage) {
        return SHIPPED.price(model, null, false, usage, NOW);
    }

    private static long nanoUsd(String model, Usage usage) {
        return nanoUsd(price(model, usage));
    }

    private static long priceIn(String serviceTier, String model, Usage usage) {
        return nanoUsd(SHIPPED.price(model, serviceTier, false, usage, NOW));
    }

    private static long nanoUsd(Cost cost) {
        assertThat(cost).isInstanceOf(Cost.Priced.class);
        return ((Cost.Priced) cost).nanoUsd();
    }
}
