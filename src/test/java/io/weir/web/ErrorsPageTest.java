package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A hundred calls an hour ago of which thirty failed, and a hundred a day earlier of which one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsPageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant SINCE = NOW.minus(Duration.ofHours(1));

    private CallStore store;
    private LiveDashboard dashboard;

    @SuppressWarnings("NullAway.Init")
    ErrorsPageTest() {}

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(call(SINCE.minus(Duration.ofDays(1)), i, i < 1));
            calls.add(call(SINCE, i, i < 30));
        }
        store.append(calls, calls.size());
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
    }

    private static CallRecord call(Instant around, int number, boolean failed) {
        CallRecords call = CallRecords.at(around.plusSeconds(number), number).model("gpt-4o", null);
        return failed
                ? call.outcome("completed", 429)
                        .error(
                                "rate_limit_exceeded",
                                null,
                                "Limit 30000, used %d: try again".formatted(29_000 + number))
                        .build()
                : call.build();
    }

    @AfterAll
    void stop() {
        dashboard.close();
        store.close();
    }

    @Test
    void saysHowManyFailHowAndThatItIsWorse() throws IOException {
        assertThat(get("/errors"))
                .contains(
                        "<b>30&nbsp;%</b> of 100 calls failed",
                        "<b>100&nbsp;%</b> are <b>rate limit</b>",
                        "is <b>30&nbsp;%</b>, was <b>1.0&nbsp;%</b> in the 24h before",
                        "href=\"/why?last=24h&amp;what=failed\">Why?");
    }

    @Test
    void showsWhatFailedCallsSayWithAnExampleAndAdvice() throws IOException {
        String newest = CallRecords.id(SINCE.plusSeconds(29), 29).toString();

        assertThat(get("/errors"))
                .contains(
                        "Limit <i>&lt;*&gt;</i>, used <i>&lt;*&gt;</i>: try again",
                        "let clients back off as Retry-After says",
                        "href=\"/calls/" + newest + "\"",
                        "href=\"/calls?last=24h&amp;error=rate_limit_exceeded&amp;status=429\"");
    }

    @Test
    void aTypeLeadsToItsViewAndToItsCalls() throws IOException {
        assertThat(get("/errors?model=gpt-4o"))
                .contains(
                        "href=\"/errors?last=24h&amp;model=gpt-4o&amp;error=rate_limit_exceeded\"",
                        "href=\"/calls?last=24h&amp;model=gpt-4o&amp;error=rate_limit_exceeded\"");
    }

    @Test
    void whereNothingFailedThatIsSaid() throws IOException {
        assertThat(get("/errors?status=200")).contains("None of 70 calls failed");
    }

    @Test
    void itsTablesCanBeHadAsCsv() throws IOException {
        assertThat(get("/errors?format=csv")).startsWith("time,class,calls");
        assertThat(get("/errors?format=csv&table=types"))
                .contains("rate limit,rate_limit_exceeded,30,1,1");
        assertThat(get("/errors?format=csv&table=patterns")).contains("\"Limit <*>, used <*>");
    }

    private String get(String path) throws IOException {
        return dashboard.get(path, dashboard.admin()).body().replace("\u00a0", "&nbsp;");
    }
}
