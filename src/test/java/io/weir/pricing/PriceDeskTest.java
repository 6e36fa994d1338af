package io.weir.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.access.Actor;
import io.weir.access.Change;
import io.weir.access.Control;
import io.weir.call.Cost;
import io.weir.prices.PriceBook;
import io.weir.prices.PriceEntry;
import io.weir.prices.PriceJson;
import io.weir.prices.Prices;
import io.weir.prices.Tier;
import io.weir.wire.Json;
import io.weir.wire.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class PriceDeskTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Usage A_MILLION_IN = Usage.ofText(1_000_000, 0);

    @TempDir private Path directory;
    private Control control;
    private PriceDesk desk;

    @BeforeEach
    void open() throws IOException {
        control = Control.open(directory.resolve("control"), () -> NOW, List.of(SetPrice.KIND));
        desk = desk(PricePlan.NONE);
    }

    @AfterEach
    void close() throws IOException {
        control.close();
    }

    @Test
    void whatIsSetCountsAtOnceAndIsKept() throws IOException {
        set("{\"model\":\"mine\",\"tiers\":{\"standard\":{\"input\":0.123456,\"output\":2}}}");
        assertThat(cost("mine", "default", NOW)).isEqualTo(priced(123_456_000, "mine/standard"));

        control.close();
        open();
        assertThat(cost("mine", "default", NOW)).isEqualTo(priced(123_456_000, "mine/standard"));
        assertThat(control.latest(change -> true, 5))
                .extracting(Change::action, Change::id)
                .containsExactly(tuple("price.set", "mine"));
    }

    @Test
    void tiersThatAreNotGivenKeepTheirPrices() throws IOException {
        Cost before = cost("gpt-4o", "default", NOW);
        PriceEntry set =
                set("{\"model\":\"gpt-4o\",\"tiers\":{\"batch\":{\"input\":1,\"output\":2}}}");

        assertThat(set.tiers()).containsKeys(Tier.STANDARD, Tier.BATCH);
        assertThat(cost("gpt-4o", "default", NOW)).isEqualTo(before);
        assertThat(cost("gpt-4o", "batch", NOW)).isEqualTo(priced(1_000_000_000, "gpt-4o/batch"));
    }

    @Test
    void otherNamesOfTheModelShareItsPrice() throws IOException {
        set("{\"model\":\"gpt-4o\",\"tiers\":{\"standard\":{\"input\":1,\"output\":2}}}");

        assertThat(cost("gpt-4o-2024-08-06", "default", NOW))
                .isEqualTo(priced(1_000_000_000, "gpt-4o/standard"));
    }

    @Test
    void aNameWithAPriceOfItsOwnSharesNone() throws IOException {
        set("{\"model\":\"gpt-4o\",\"tiers\":{\"standard\":{\"input\":1,\"output\":2}}}");
        set(
                "{\"model\":\"gpt-4o-2024-08-06\",\"tiers\":{\"standard\":{\"input\":7,\"output\":2}}}");

        assertThat(cost("gpt-4o", "default", NOW))
                .isEqualTo(priced(1_000_000_000, "gpt-4o/standard"));
        assertThat(cost("gpt-4o-2024-08-06", "default", NOW))
                .isEqualTo(priced(7_000_000_000L, "gpt-4o-2024-08-06/standard"));
    }

    @Test
    void aPriceWithADayLeavesTheDaysBeforeIt() throws IOException {
        Cost before = cost("gpt-4o", "default", NOW);
        set(
                "{\"model\":\"gpt-4o\",\"from\":\"2026-12-01\",\"tiers\":{\"standard\":{\"input\":1,\"output\":2}}}");

        assertThat(cost("gpt-4o", "default", NOW)).isEqualTo(before);
        assertThat(cost("gpt-4o", "default", Instant.parse("2026-12-01T00:00:00Z")))
                .isEqualTo(priced(1_000_000_000, "gpt-4o@2026-12-01/standard"));
    }

    @Test
    void aPriceHoldsForInputsOfAnyLength() throws IOException {
        PriceEntry known =
                desk.prices().get().entries().stream()
                        .filter(entry -> entry.longContextAbove() > 0)
                        .filter(entry -> entry.tiers().size() > 1)
                        .findFirst()
                        .orElseThrow();
        set(
                "{\"model\":\"%s\",\"tiers\":{\"standard\":{\"input\":1,\"output\":2}}}"
                        .formatted(known.model()));

        assertThat(cost(known.model(), "default", NOW))
                .isInstanceOfSatisfying(
                        Cost.Priced.class,
                        priced -> assertThat(priced.nanoUsd()).isEqualTo(1_000_000_000));
    }

    @Test
    void whatWasSetCanBeRemoved() throws IOException {
        Cost before = cost("gpt-4o", "default", NOW);
        set("{\"model\":\"gpt-4o\",\"tiers\":{\"standard\":{\"input\":1,\"output\":2}}}");
        desk.remove(Actor.ADMIN_KEY, "gpt-4o", null);

        assertThat(cost("gpt-4o", "default", NOW)).isEqualTo(before);
        assertThatThrownBy(() -> desk.remove(Actor.ADMIN_KEY, "gpt-4o", LocalDate.EPOCH))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("no price 'gpt-4o@1970-01-01' was set");
    }

    @Test
    void whatIsSetCountsBeforeTheFileAndTheFileBeforeWhatIsShipped()
            throws IOException, InterruptedException {
        Path file = directory.resolve("prices.json");
        Files.writeString(file, book("gpt-4o", 3));
        desk = desk(new PricePlan(file, null));
        assertThat(cost("gpt-4o", "default", NOW))
                .isEqualTo(priced(3_000_000_000L, "gpt-4o/standard"));

        Files.writeString(file, book("gpt-4o", 4));
        assertThat(desk.reload(Actor.ADMIN_KEY).entries()).isEqualTo(1);
        assertThat(cost("gpt-4o", "default", NOW))
                .isEqualTo(priced(4_000_000_000L, "gpt-4o/standard"));

        set("{\"model\":\"gpt-4o\",\"tiers\":{\"standard\":{\"input\":5,\"output\":2}}}");
        assertThat(cost("gpt-4o", "default", NOW))
                .isEqualTo(priced(5_000_000_000L, "gpt-4o/standard"));
    }

    @Test
    void aFileWithAMistakeChangesNothingAndNamesTheEntry() throws IOException {
        Path file = directory.resolve("prices.json");
        Files.writeString(file, book("mine", 3));
        desk = desk(new PricePlan(file, null));
        Files.writeString(
                file,
                "{\"entries\":[{\"model\":\"mine\",\"tiers\":{\"standard\":{\"inptu\":4}}}]}");

        assertThatThrownBy(() -> desk.reload(Actor.ADMIN_KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("price of mine: there is no price called inptu");
        assertThat(cost("mine", "default", NOW)).isEqualTo(priced(3_000_000_000L, "mine/standard"));
    }

    @Test
    void saysWhereEachPriceComesFrom() throws IOException {
        set("{\"model\":\"mine\",\"tiers\":{\"standard\":{\"input\":1,\"output\":2}}}");

        assertThat(PriceLine.of(desk.prices(), desk.models().get(), "mine", NOW, false))
                .extracting(PriceLine::origin)
                .containsExactly("command");
        assertThat(
                        PriceLine.of(
                                desk.prices(),
                                desk.models().get(),
                                "gpt-4o-2024-08-06",
                                NOW,
                                false))
                .extracting(PriceLine::origin)
                .containsOnly("shipped");
    }

    private PriceDesk desk(PricePlan plan) {
        return new PriceDesk(control, new Prices(PriceBook.shipped()), plan, () -> NOW);
    }

    private PriceEntry set(String json) throws IOException {
        return desk.set(Actor.ADMIN_KEY, PriceJson.entry(Json.MAPPER.readTree(json)));
    }

    private Cost cost(String model, String tier, Instant at) {
        return desk.prices().get().price(model, tier, false, A_MILLION_IN, at);
    }

    private static Cost priced(long nanoUsd, String priceId) {
        return new Cost.Priced(nanoUsd, priceId);
    }

    private static String book(String model, int input) {
        return "{\"entries\":[{\"model\":\"%s\",\"tiers\":{\"standard\":{\"input\":%d}}}]}"
                .formatted(model, input);
    }
}
