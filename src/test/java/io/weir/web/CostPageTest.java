package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.prices.PriceBook;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.wire.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * An hour ago forty calls at ten cents of one model, sixty at five cents of another, and some
 * without a price; a day earlier the first cost a quarter; before that a dollar a day for a month.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CostPageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant SINCE = NOW.minus(Duration.ofHours(1));
    private static final long CENT = 10_000_000;

    /** Half of the prompt was in the provider's cache. */
    private static final Usage CACHED = new Usage(400, 400, 0, 0, 0, 100, 0, 0, 0);

    private static final Usage PLAIN = Usage.ofText(800, 100);

    private final PriceBook prices = PriceBook.shipped();
    private CallStore store;
    private LiveDashboard dashboard;

    @SuppressWarnings("NullAway.Init")
    CostPageTest() {}

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        List<CallRecord> calls = new ArrayList<>();
        for (int day = 3; day < 34; day++) {
            calls.add(priced(NOW.minus(Duration.ofDays(day)), day, "gpt-4o", 100 * CENT));
        }
        Instant before = SINCE.minus(Duration.ofDays(1));
        for (int i = 0; i < 40; i++) {
            calls.add(priced(before.plusSeconds(i), i, "gpt-4o", 10 * CENT / 4));
            calls.add(priced(SINCE.plusSeconds(i), i, "gpt-4o", 10 * CENT));
        }
        for (int i = 100; i < 160; i++) {
            calls.add(priced(before.plusSeconds(i), i, "gpt-5", 5 * CENT));
            calls.add(priced(SINCE.plusSeconds(i), i, "gpt-5", 5 * CENT));
        }
        for (int i = 200; i < 203; i++) {
            calls.add(unpriced(i, "mystery"));
        }
        calls.add(unpriced(300, null));
        calls.add(priced(SINCE.plusSeconds(301), 301, "mystery", 0));
        store.append(calls, 1_000);
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
    }

    private CallRecord priced(Instant at, int number, String model, long nanoUsd) {
        Usage usage = model.equals("gpt-4o") ? CACHED : PLAIN;
        String priceId =
                prices.price(model, null, false, usage, at) instanceof Cost.Priced priced
                        ? priced.priceId()
                        : "by hand";
        return CallRecords.at(at, number)
                .model(model, null)
                .usage(usage, Confidence.PROVIDER)
                .cost(new Cost.Priced(nanoUsd, priceId))
                .build();
    }

    private static CallRecord unpriced(int number, @Nullable String model) {
        return CallRecords.at(SINCE.plusSeconds(number), number)
                .model(model, null)
                .usage(CACHED, Confidence.PROVIDER)
                .cost(new Cost.Unpriced("no price for " + model))
                .build();
    }

    @AfterAll
    void stop() {
        dashboard.close();
        store.close();
    }

    @Test
    void saysWhatWasSpentAndWhatTheSumLacks() throws IOException {
        assertThat(tile("Spend")).contains("$7.00", "75&nbsp;%", ">4 calls unpriced<");
        assertThat(tile("A call")).contains("$0.0693", ">where priced<");
        assertThat(tile("1k tokens out")).contains("$0.693");
        assertThat(tile("From the cache"))
                .contains("21<small>%", ">saved $0.02; 1,600 tokens of unknown price<");
    }

    @Test
    void tellsCachedTokensOfUnknownPriceAlsoWhereNothingIsKnownToBeSaved() throws IOException {
        assertThat(tile("/cost?model=mystery", "From the cache"))
                .contains(">1,200 tokens of unknown price<");
        assertThat(tile("/cost?model=gpt-5", "From the cache"))
                .contains("<span class=\"note\" title=\"\"></span>");
    }

    @Test
    void saysWhatTheMonthWillComeTo() throws IOException {
        assertThat(tile("This month")).contains("$30.00", ">since 2026-11-01, UTC<");
        assertThat(tile("By its end")).containsPattern(">\\$3\\d\\.\\d\\d to \\$\\d\\d\\.\\d\\d");
        assertThat(get("/cost?key=nobody")).contains("whole days are needed");
    }

    @Test
    void theGroupThatSpendsMostComesFirstWithItsShare() throws IOException {
        assertThat(row(get("/cost"), "gpt-4o")).contains("$4.00", "57&nbsp;%");
        assertThat(row(get("/cost"), "gpt-5")).contains("$3.00", "43&nbsp;%");
        assertThat(get("/cost?format=csv&table=groups").lines().skip(1))
                .filteredOn(line -> line.startsWith("true,"))
                .extracting(line -> line.split(",", -1)[2])
                .startsWith("gpt-4o", "gpt-5");
        assertThat(table("groups"))
                .containsSubsequence(">gpt-4o</a>", ">gpt-5</a>", ">mystery</a>");
    }

    @Test
    void aGroupLeadsToItsCallsAndToWhyItSpendsMore() throws IOException {
        assertThat(table("groups")).contains("href=\"/cost?last=24h&amp;model=gpt-4o\">gpt-4o</a>");
        assertThat(row(get("/cost"), "gpt-4o"))
                .contains(
                        "href=\"/calls?last=24h&amp;model=gpt-4o\">40</a>",
                        "href=\"/why?last=24h&amp;model=gpt-4o&amp;what=costly\">+300&nbsp;% why?");
        assertThat(row(get("/cost"), "gpt-5"))
                .contains("href=\"/calls?last=24h&amp;model=gpt-5\">60</a>", "no change")
                .doesNotContain("/why");
    }

    @Test
    void chartsOnlyGroupsThatSpend() throws IOException {
        assertThat(between(get("/cost"), "id=\"spend\"", "</figcaption>"))
                .containsSubsequence(">gpt-4o</button>", ">gpt-5</button>")
                .doesNotContain(">mystery<", ">(none)<");
    }

    @Test
    void aNarrowRangeDoesNotCoverWhatIsLikely() throws IOException {
        assertThat(between(get("/cost"), "id=\"month\"", "</figcaption>"))
                .containsSubsequence(">so far<", ">low<", ">high<", ">likely<");
    }

    @Test
    void groupsByWhateverIsAskedFor() throws IOException {
        assertThat(get("/cost?by=key"))
                .contains(
                        "Spend by key",
                        "href=\"/calls?last=24h&amp;key=first+key\">105</a>",
                        "href=\"/cost?last=24h&amp;by=project\"");
    }

    @Test
    void callsWithoutAPriceAreInPlainSightWithTheirReason() throws IOException {
        assertThat(get("/cost"))
                .contains("Not in these sums", "no price for mystery", "docs/prices.md");
        assertThat(row(table("groups"), "mystery")).contains("<td class=\"figure bad\">");
        assertThat(get("/cost?model=gpt-5")).doesNotContain("Not in these sums");
    }

    @Test
    void aModelWithoutAPriceLeadsToThoseOfItsCallsThatHaveNone() throws IOException {
        assertThat(table("unpriced"))
                .contains(
                        "href=\"/calls?last=24h&amp;model=mystery&amp;cost_state=unpriced\">3</a>")
                .containsOnlyOnce("href=");
        assertThat(get("/calls?last=24h&model=mystery&cost_state=unpriced").split("href=\"/calls/"))
                .hasSize(1 + 3);
        assertThat(get("/calls?last=24h&model=mystery").split("href=\"/calls/")).hasSize(1 + 4);
    }

    @Test
    void asksWhatMadeCallsCostly() throws IOException {
        assertThat(get("/cost?model=gpt-5"))
                .contains(
                        "href=\"/why?last=24h&amp;model=gpt-5&amp;what=costly\">What made calls costly?");
    }

    @Test
    void itsTablesCanBeHadAsCsv() throws IOException {
        assertThat(get("/cost?format=csv")).startsWith("time,calls,cost_nano_usd,");
        assertThat(get("/cost?format=csv&table=totals").lines()).hasSize(3);
        assertThat(get("/cost?format=csv&table=unpriced"))
                .startsWith("model,reason,calls,tokens,last_call")
                .contains("mystery,no price for mystery,3,2700,");
    }

    private String tile(String label) throws IOException {
        return tile("/cost", label);
    }

    private String tile(String path, String label) throws IOException {
        return between(get(path), "<dt>" + label + "</dt>", "</div>");
    }

    private String table(String id) throws IOException {
        return between(get("/cost"), "<table id=\"" + id + "\">", "</table>");
    }

    /** The row of the table of groups whose first cell is that. */
    private static String row(String body, String first) {
        String groups = body.substring(body.indexOf("<table id=\"groups\">") + 1);
        return between(groups, ">" + first + "</a>", "</tr>");
    }

    private static String between(String body, String from, String to) {
        int start = body.indexOf(from);
        assertThat(start).as("%s in %s", from, body).isNotNegative();
        return body.substring(start, body.indexOf(to, start));
    }

    private String get(String path) throws IOException {
        return dashboard.get(path, dashboard.admin()).body().replace("\u00a0", "&nbsp;");
    }
}
