package io.weir.report;

import static io.weir.report.Dimension.HOUR;
import static io.weir.report.Dimension.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CacheUse;
import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.prices.PriceBook;
import io.weir.report.SlowSavings.Sums;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.PageRequest;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.store.Table;
import io.weir.wire.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class SavingsReportTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final ReportQuery DAY = ReportQuery.of(START, START.plus(Duration.ofDays(1)));
    private static final PriceBook PRICES = PriceBook.shipped();
    private static final Report REPORT = new SavingsReport(() -> PRICES);

    @TempDir private Path directory;

    private CallStore store;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = Stores.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void savesWhatASlowModelSays(int seed) throws StoreUnavailable {
        List<CallRecord> calls = anyCalls(new Random(seed));
        store.append(calls, 1);
        SlowSavings slow = new SlowSavings(calls, PRICES);
        assertThat(slow.duplicates().calls()).isPositive();
        assertSums("duplicates", slow.duplicates());
        assertThat(slow.retries().calls()).isPositive();
        assertSums("retries", slow.retries());
        assertThat(slow.promptCache().saved()).isPositive();
        assertSums("prompt-cache", slow.promptCache());
        assertThat(slow.longPrompts().saved()).isPositive();
        assertSums("long-prompts", slow.longPrompts());
        assertThat(slow.maxTokens().calls()).isPositive();
        assertSums("max-tokens", slow.maxTokens());
        assertSums("cheaper-model", slow.cheaperModel("gpt-4o", "gpt-4o-mini"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"duplicates", "prompt-cache", "long-prompts", "max-tokens", "retries"})
    void whatIsToldByKeyAddsUp(String way) throws StoreUnavailable {
        store.append(anyCalls(new Random(6)), 1);
        Table byKey = REPORT.run(DAY.by(KEY), store);
        Sums whole = sums(way);
        long calls = 0;
        long saved = 0;
        int keys = 0;
        for (int row = 0; row < byKey.rows().size(); row++) {
            if (way.equals(byKey.cell(row, "way"))) {
                calls += (Long) Objects.requireNonNull(byKey.cell(row, "calls"));
                saved += (Long) Objects.requireNonNull(byKey.cell(row, "saved_nano_usd"));
                keys++;
            }
        }
        assertThat(keys).isGreaterThan(1);
        assertThat(calls).isEqualTo(whole.calls());
        assertThat(saved).isBetween(whole.saved() - keys, whole.saved());
    }

    @ParameterizedTest
    @ValueSource(strings = {"duplicates", "prompt-cache", "long-prompts", "retries"})
    void theCallsBehindAWayAreFoundByItsFilterAndItsExamples(String way) throws StoreUnavailable {
        store.append(anyCalls(new Random(7)), 1);
        Table groups = REPORT.run(DAY.focused(new SavingsFocus(way, null)), store);
        assertThat(groups.rows()).isNotEmpty();
        for (int row = 0; row < groups.rows().size(); row++) {
            List<String> found =
                    store
                            .calls(filter(text(groups, row, "filter")), PageRequest.first(500))
                            .calls()
                            .stream()
                            .map(call -> call.id().toString())
                            .toList();
            assertThat(found).contains(text(groups, row, "example_calls").split(" ", -1));
        }
    }

    @Test
    void promptsThatSayNearlyTheSameAreOne() throws StoreUnavailable {
        String long1 = "Please tell me in a few words how the weather will be in Paris tomorrow";
        List<CallRecord> calls =
                List.of(
                        asked(1, long1 + "."),
                        asked(2, long1.toUpperCase(java.util.Locale.ROOT) + "!"),
                        asked(3, long1 + "."),
                        asked(4, "What does this code do, and is there a bug in it?"),
                        asked(5, "Add up the numbers 1 and 2 and tell me what they are together"),
                        asked(6, "Add up the numbers 1 and 3 and tell me what they are together"));
        store.append(calls, 1);
        assertThat(sums("near-duplicates")).isEqualTo(new Sums(1, 1_002, 1_002));
        Table groups = REPORT.run(DAY.focused(new SavingsFocus("near-duplicates", null)), store);
        assertThat(groups.rows()).hasSize(1);
        assertThat(text(groups, 0, "example_calls"))
                .isEqualTo(calls.get(0).id() + " " + calls.get(1).id());
    }

    @Test
    void aLongInstructionBeforeOtherQuestionsMakesNoNearDuplicates() throws StoreUnavailable {
        String system = "You are a helpful assistant of a shop that sells boats. ".repeat(50);
        store.append(
                List.of(
                        said(1, system, "Where is my order?"),
                        said(2, system, "How do I send a boat back?"),
                        said(3, system, "where is my order")),
                1);
        assertThat(sums("near-duplicates")).isEqualTo(new Sums(1, 1_003, 1_003));
    }

    @Test
    void saysWhatItWouldNeed() throws StoreUnavailable {
        store.append(List.of(CallRecords.at(START, 1).build()), 1);
        Table table = REPORT.run(DAY, store);
        int row = row(table, "duplicates");
        assertThat(table.cell(row, "saved_nano_usd")).isNull();
        assertThat(table.cell(row, "certainty")).isEqualTo("unknown");
        assertThat(text(table, row, "evidence")).contains("capture.level");
        assertThat(text(table, row(table, "near-duplicates"), "evidence"))
                .contains("capture.level: full");
    }

    @Test
    void readsAsAPersonWouldHaveIt() throws StoreUnavailable, IOException {
        store.append(anyCalls(new Random(8)), 1);
        Golden.assertMatches("savings-all.txt", TableText.of(REPORT.run(DAY, store)));
    }

    @Test
    void comparesWithTheModelThatIsNamed() throws StoreUnavailable {
        List<CallRecord> calls = anyCalls(new Random(9));
        store.append(calls, 1);
        ReportQuery gpt4o =
                new ReportQuery(
                        DAY.since(), DAY.until(), List.of(), CallFilter.ALL.model("gpt-4o"));
        Table table = REPORT.run(gpt4o.focused(new SavingsFocus(null, "gpt-4.1-nano")), store);
        assertThat(at(table, row(table, "cheaper-model")))
                .isEqualTo(new SlowSavings(calls, PRICES).cheaperModel("gpt-4o", "gpt-4.1-nano"));
    }

    @Test
    void modelsThatAreDearerAreOneSum() throws StoreUnavailable {
        List<CallRecord> calls = anyCalls(new Random(11));
        store.append(calls, 1);
        SlowSavings slow = new SlowSavings(calls, PRICES);
        Sums one = slow.cheaperModel("gpt-4o", "gpt-4.1-nano");
        Sums other = slow.cheaperModel("gpt-4o-mini", "gpt-4.1-nano");
        Table table = REPORT.run(DAY.focused(new SavingsFocus(null, "gpt-4.1-nano")), store);
        assertThat(at(table, row(table, "cheaper-model")))
                .isEqualTo(
                        new Sums(
                                one.calls() + other.calls(),
                                one.cost() + other.cost(),
                                one.saved() + other.saved()));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> REPORT.run(DAY.focused(new SavingsFocus("thrift", null)), store))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("duplicates, near-duplicates");
        assertThatThrownBy(() -> REPORT.run(DAY.focused(new SavingsFocus(null, "gpt-0")), store))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weir prices list");
    }

    @Test
    void saysThatItIsNotToldByTheHour() throws StoreUnavailable {
        store.append(anyCalls(new Random(10)), 1);
        assertThat(REPORT.run(DAY.by(HOUR), store).notes())
                .contains("Savings are told by project, key and model, and not by hour.");
    }

    private void assertSums(String way, Sums expected) throws StoreUnavailable {
        assertThat(sums(way)).as(way).isEqualTo(expected);
    }

    private Sums sums(String way) throws StoreUnavailable {
        Table table = REPORT.run(DAY, store);
        return at(table, row(table, way));
    }

    private static Sums at(Table table, int row) {
        return new Sums(
                (Long) Objects.requireNonNull(table.cell(row, "calls")),
                (Long) Objects.requireNonNull(table.cell(row, "cost_nano_usd")),
                (Long) Objects.requireNonNull(table.cell(row, "saved_nano_usd")));
    }

    private static int row(Table table, String way) {
        for (int row = 0; row < table.rows().size(); row++) {
            if (way.equals(table.cell(row, "way"))) {
                return row;
            }
        }
        throw new AssertionError("no row for " + way);
    }

    private static String text(Table table, int row, String column) {
        return String.valueOf(table.cell(row, column));
    }

    private static CallFilter filter(String query) {
        CallFilter filter = CallFilter.ALL;
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            filter =
                    filter.with(
                            parts[0],
                            java.net.URLDecoder.decode(
                                    parts[1], java.nio.charset.StandardCharsets.UTF_8));
        }
        return filter;
    }

    private static CallRecord asked(int number, String text) {
        return said(number, "Be short.", text);
    }

    private static CallRecord said(int number, String system, String text) {
        return CallRecords.at(START.plusSeconds(number), number)
                .cost(new Cost.Priced(1_000 + number, "gpt-4o-mini/standard"))
                .content(
                        """
                        {"model":"gpt-4o-mini","messages":[{"role":"system","content":"%s"},{"role":"user","content":"%s"}]}\
                        """
                                .formatted(system, text),
                        "{}")
                .build();
    }

    /** A few hundred calls of a few keys and models, in which everything happens. */
    private static List<CallRecord> anyCalls(Random random) {
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            calls.add(anyCall(random, i));
        }
        return calls;
    }

    private static CallRecord anyCall(Random random, int number) {
        String model =
                List.of("gpt-4o", "gpt-4o-mini", "gpt-4o-mini", "gpt-4.1-nano")
                        .get(random.nextInt(4));
        String key = random.nextBoolean() ? "a" : "b";
        boolean lengthy = random.nextInt(20) == 0;
        boolean document = lengthy || random.nextInt(4) == 0;
        long input =
                lengthy
                        ? 6_000 + random.nextInt(9_000)
                        : (document ? 1_100 : 200) + random.nextInt(900);
        long cached = random.nextInt(4) == 0 ? input / 128 * 128 / 2 : 0;
        long output = random.nextInt(60) == 0 ? 700 : 1 + random.nextInt(150);
        Usage usage = new Usage(input - cached, cached, 0, 0, 0, output, 0, 0, 0);
        CallRecords call =
                CallRecords.at(START.plusMillis(random.nextInt(3_000_000)), number)
                        .model(model, model)
                        .key("id " + key, key, key.equals("a") ? "one" : "two")
                        .requestBytes(4 * input + 100)
                        .usage(usage, Confidence.PROVIDER)
                        .maxTokens(random.nextInt(3) == 0 ? 4_096 : -1)
                        .clientRetry(random.nextInt(5) == 0 ? 1 : 0)
                        .cost(PRICES.price(model, null, false, usage, START));
        if (random.nextInt(10) > 0) {
            Long[] beginnings =
                    document
                            ? new Long[] {(long) random.nextInt(2), (long) random.nextInt(4)}
                            : new Long[0];
            call.fingerprint(random.nextInt(60), beginnings);
        }
        switch (random.nextInt(12)) {
            case 0 -> call.outcome("client_gone", 200);
            case 1 -> call.cache(CacheUse.hit(5L));
            case 2 -> call.outcome("completed", 429).error("rate_limit_exceeded", null, "no");
            default -> call.outcome("completed", 200);
        }
        return call.build();
    }
}
