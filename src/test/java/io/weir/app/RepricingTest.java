package io.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.access.Actor;
import io.weir.access.Change;
import io.weir.access.Control;
import io.weir.access.Role;
import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.call.RandomCalls;
import io.weir.ledger.Entry;
import io.weir.ledger.Journal;
import io.weir.ledger.JournalSettings;
import io.weir.ledger.RecordLog;
import io.weir.prices.Billable;
import io.weir.prices.PriceBook;
import io.weir.prices.PriceEntry;
import io.weir.prices.Prices;
import io.weir.pricing.Findings;
import io.weir.pricing.Repricer;
import io.weir.pricing.SetPrice;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.PageRequest;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.wire.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class RepricingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Actor ANNA = new Actor("Anna", Role.ADMIN, Set.of());
    private static final Set<Entry.Kind> KINDS = Set.of(Entry.Kind.CLOSED, Entry.Kind.PRICED);

    private final PriceBook shipped = PriceBook.shipped();
    private final Prices prices = new Prices(PriceBook.of(List.of()));
    private final Random random = new Random(11);
    private final RandomCalls calls = new RandomCalls(12);
    private final Map<UUID, Long> heard = new HashMap<>();

    @TempDir private Path directory;
    private Journal journal;
    private RecordLog log;
    private Control control;
    private CallStore store;
    private StoreFeeder feeder;
    private Repricer repricer;

    @BeforeEach
    void open() throws IOException {
        journal =
                Journal.open(
                        new JournalSettings(
                                directory.resolve("journal"), 64 << 20, Duration.ofMillis(5)),
                        System::nanoTime);
        log = new RecordLog(journal);
        control = Control.open(directory.resolve("control"), () -> NOW, List.of(SetPrice.KIND));
        store = Stores.open(directory.resolve("store"));
        feeder = new StoreFeeder(log.reader("store", KINDS), store);
        feeder.start();
        repricer =
                new Repricer(
                        store,
                        log,
                        prices,
                        control,
                        () -> NOW,
                        new StoreProgress(log, "store"),
                        (sequence, call) ->
                                heard.put(
                                        call.id(),
                                        Objects.requireNonNull(call.cost().nanoUsdOrNull())));
    }

    @AfterEach
    void close() throws IOException {
        feeder.close();
        store.close();
        control.close();
        journal.close();
    }

    @Test
    void callsCostWhatTheyWouldHaveCostAtOnce() throws IOException, InterruptedException {
        List<CallRecord> all = close(1_500);
        Map<UUID, Cost> atOnce =
                all.stream()
                        .collect(
                                Collectors.toMap(
                                        CallRecord::id, it -> shipped.price(Billable.of(it))));
        allShippedPrices();
        Findings findings = repricer.reprice(ANNA, Repricer.Range.ALL);

        long priced = atOnce.values().stream().filter(it -> !(it instanceof Cost.Unpriced)).count();
        assertThat(priced).isGreaterThan(500);
        assertThat(findings.calls()).isEqualTo(priced);
        assertThat(costs(store)).isEqualTo(known(all, atOnce));
        assertThat(heard.values().stream().mapToLong(it -> it).sum()).isEqualTo(findings.nanoUsd());
        assertThat(heard).hasSize((int) priced);
    }

    @Test
    void theSecondTimeFindsNothing() throws IOException, InterruptedException {
        close(300);
        allShippedPrices();
        repricer.reprice(ANNA, Repricer.Range.ALL);
        Map<UUID, Cost> before = costs(store);
        long entries = log.health().lastSequence();
        Findings again = repricer.reprice(ANNA, Repricer.Range.ALL);

        assertThat(again.calls()).isZero();
        assertThat(log.health().lastSequence()).isEqualTo(entries);
        assertThat(costs(store)).isEqualTo(before);
        assertThat(
                        control.latest(
                                Change.matching(
                                        Optional.of("prices"), Optional.empty(), Optional.empty()),
                                10))
                .singleElement()
                .satisfies(change -> assertThat(change.action()).isEqualTo("prices.reprice"));
    }

    @Test
    void aRehearsalFindsTheSameAndChangesNothing() throws IOException, InterruptedException {
        close(300);
        allShippedPrices();
        Map<UUID, Cost> before = costs(store);
        Findings rehearsed = repricer.rehearse(Repricer.Range.ALL);

        assertThat(costs(store)).isEqualTo(before);
        assertThat(heard).isEmpty();
        assertThat(repricer.reprice(ANNA, Repricer.Range.ALL).json()).isEqualTo(rehearsed.json());
    }

    @Test
    void aStoreThatIsBuiltAnewSaysTheSame() throws IOException, InterruptedException {
        close(300);
        allShippedPrices();
        repricer.reprice(ANNA, Repricer.Range.ALL);

        try (CallStore anew = Stores.open(directory.resolve("anew"));
                StoreFeeder second = new StoreFeeder(log.reader("anew", KINDS), anew)) {
            second.start();
            new StoreProgress(log, "anew").await(log.health().lastSequence());
            assertThat(costs(anew)).isEqualTo(costs(store));
            CallRecord one = one(anew);
            assertThat(anew.priceVersions(one)).isNotEmpty().isEqualTo(store.priceVersions(one));
        }
    }

    @Test
    void onlyCallsOfTheRangeAreMeant() throws IOException, InterruptedException {
        List<CallRecord> all = close(300);
        allShippedPrices();
        Findings none = repricer.rehearse(new Repricer.Range(null, Instant.EPOCH, null));
        Findings o3 = repricer.rehearse(new Repricer.Range(null, null, "o3"));

        assertThat(none.calls()).isZero();
        assertThat(o3.calls())
                .isPositive()
                .isLessThanOrEqualTo(
                        all.stream()
                                .filter(call ->
                                        "o3".equals(call.request().model())
                                                || "o3".equals(call.answer().responseModel()))
                                .count());
    }

    private void allShippedPrices() {
        prices.set(Prices.Layer.COMMAND, shipped.entries());
    }

    /** Ends calls that nobody knows a price for, and waits until they are stored. */
    private List<CallRecord> close(int count) throws IOException, InterruptedException {
        List<String> models = new ArrayList<>();
        shipped.entries().stream().map(PriceEntry::names).forEach(models::addAll);
        models.addAll(List.of("mystery", "ft:gpt-4o-mini-2024-07-18:org::id", "openai/o3"));
        List<CallRecord> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CallRecord call = call(i % 5 == 0 ? "o3" : one(models), maybe(models));
            all.add(call);
            log.closed(call);
        }
        new StoreProgress(log, "store").await(log.health().lastSequence());
        return all;
    }

    private CallRecord call(String asked, @Nullable String answered) {
        CallRecord some = calls.next();
        CallRecord.Request request = some.request();
        CallRecord.Answer answer = some.answer();
        List<String> tiers = List.of("default", "flex", "priority", "batch", "odd");
        return new CallRecord(
                some.id(),
                NOW.minusSeconds(random.nextInt(100_000_000)),
                new CallRecord.Request(
                        "chat.completions",
                        "chat",
                        "POST",
                        "/v1/chat/completions",
                        asked,
                        request.stream(),
                        1,
                        -1,
                        null,
                        maybe(tiers),
                        1,
                        0,
                        null),
                null,
                new CallRecord.Answer(
                        "completed",
                        200,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        answered,
                        maybe(tiers),
                        List.of(),
                        answer.bytes(),
                        0),
                usage(),
                some.usageConfidence(),
                new Cost.Unpriced("no price for " + asked),
                some.moments(),
                List.of(),
                null);
    }

    private Usage usage() {
        return new Usage(
                random.nextInt(400_000),
                random.nextInt(3) == 0 ? random.nextInt(10_000) : 0,
                random.nextInt(5) == 0 ? random.nextInt(10_000) : 0,
                0,
                random.nextInt(9) == 0 ? random.nextInt(1_000) : 0,
                random.nextInt(20_000),
                random.nextInt(3) == 0 ? random.nextInt(10_000) : 0,
                0,
                0);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private @Nullable String maybe(List<String> of) {
        return random.nextBoolean() ? one(of) : null;
    }

    private static CallRecord one(CallStore in) throws StoreUnavailable {
        return in.calls(CallFilter.ALL.with("cost_state", "priced"), PageRequest.first(1))
                .calls()
                .getFirst();
    }

    /** What cannot be priced keeps the reason of its end. */
    private static Map<UUID, Cost> known(List<CallRecord> all, Map<UUID, Cost> atOnce) {
        Map<UUID, Cost> known = new HashMap<>();
        for (CallRecord call : all) {
            Cost cost = atOnce.getOrDefault(call.id(), call.cost());
            known.put(call.id(), cost instanceof Cost.Unpriced ? call.cost() : cost);
        }
        return known;
    }

    private static Map<UUID, Cost> costs(CallStore in) throws StoreUnavailable {
        Map<UUID, Cost> costs = new HashMap<>();
        @Nullable String after = null;
        do {
            var page = in.calls(CallFilter.ALL, new PageRequest(500, after));
            page.calls().forEach(call -> costs.put(call.id(), call.cost()));
            after = page.next();
        } while (after != null);
        return costs;
    }
}
