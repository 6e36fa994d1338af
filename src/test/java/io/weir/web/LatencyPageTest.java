package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Moments;
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

/** Fifty calls of two models, and as many a day earlier, when one of the two was faster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LatencyPageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant SINCE = NOW.minus(Duration.ofHours(1));

    private CallStore store;
    private LiveDashboard dashboard;

    @SuppressWarnings("NullAway.Init")
    LatencyPageTest() {}

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(call(SINCE.minus(Duration.ofDays(1)), i, "gpt-4o", 400));
            calls.add(call(SINCE.minus(Duration.ofDays(1)), 50 + i, "gpt-5", 400));
            calls.add(call(SINCE, i, "gpt-4o", 400));
            calls.add(call(SINCE, 50 + i, "gpt-5", 1_200));
        }
        store.append(calls, calls.size());
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
    }

    /** Streams that speak for 200 ms after they have begun. */
    private static CallRecord call(Instant around, int number, String model, long firstTokenMs) {
        long first = 1_000 * firstTokenMs;
        long last = first + 200_000;
        return CallRecords.at(around.plusSeconds(number), number).model(model, null).stream(1)
                .moments(new Moments(0, 0, 0, first, first, last, last, -1, last))
                .build();
    }

    @AfterAll
    void stop() {
        dashboard.close();
        store.close();
    }

    @Test
    void givesTheBottleneckItsName() throws IOException {
        assertThat(get("/latency"))
                .contains(
                        "<b>80&nbsp;%</b> of the time of a call is <b>waiting for the first token</b>",
                        "<b>75&nbsp;%</b> of that for model <a href=\"/latency?last=24h&amp;model=gpt-5\">");
    }

    @Test
    void saysThatCallsAreSlowerAndAsksWhy() throws IOException {
        assertThat(get("/latency"))
                .contains(
                        "The 95th percentile of latency is <b>1.4&nbsp;s</b>, was <b>600&nbsp;ms</b>",
                        "href=\"/why?last=24h&amp;what=slow\">Why?");
    }

    @Test
    void aGroupLeadsToItsCallsAndToWhyItIsSlower() throws IOException {
        assertThat(get("/latency"))
                .contains(
                        "href=\"/calls?last=24h&amp;model=gpt-5\">50</a>",
                        "href=\"/why?last=24h&amp;model=gpt-5&amp;what=slow\">+133&nbsp;% why?",
                        "href=\"/calls?last=24h&amp;model=gpt-4o\">50</a>")
                .doesNotContain("href=\"/why?last=24h&amp;model=gpt-4o&amp;");
    }

    @Test
    void aRangeOfLatencyIsLeftOutOfTheQuestionWhyCallsAreSlow() throws IOException {
        assertThat(get("/latency?max_latency_ms=1500"))
                .contains("href=\"/why?last=24h&amp;what=slow\">Why?");
    }

    @Test
    void groupsByWhateverIsAskedFor() throws IOException {
        assertThat(get("/latency?by=key&sort=p95_ms"))
                .contains("Latency by key", "href=\"/calls?last=24h&amp;key=first+key\">100</a>");
    }

    @Test
    void theSlowestCallsAreALinkEach() throws IOException {
        String slow = CallRecords.id(SINCE.plusSeconds(99), 99).toString();

        assertThat(get("/latency")).contains("<a href=\"/calls/" + slow + "\">" + slow);
    }

    @Test
    void whereNothingMatchesThatIsSaid() throws IOException {
        assertThat(get("/latency?model=none")).contains("No call that went upstream matches");
    }

    @Test
    void itsTablesCanBeHadAsCsv() throws IOException {
        assertThat(get("/latency?format=csv")).startsWith("time,calls,p50_ms,p90_ms,");
        assertThat(get("/latency?format=csv&table=map"))
                .startsWith("time,bucket,from_ms,to_ms,calls");
        assertThat(get("/latency?format=csv&table=slowest").lines()).hasSize(21);
    }

    private String get(String path) throws IOException {
        return dashboard.get(path, dashboard.admin()).body().replace("\u00a0", "&nbsp;");
    }
}
