package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Cost;
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

/** Three equal requests at a cent, one of them with a hostile key, and one other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SavingsPageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String HOSTILE = "<script>alert(1)</script>";

    private CallStore store;
    private LiveDashboard dashboard;
    private List<CallRecord> calls;

    @SuppressWarnings("NullAway.Init")
    SavingsPageTest() {}

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        calls = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            calls.add(
                    CallRecords.at(NOW.minus(Duration.ofMinutes(i)), i)
                            .key("k", i == 2 ? HOSTILE : "app", "default")
                            .fingerprint(i == 4 ? 7 : 0x0123_4567_89ab_cdefL)
                            .cost(new Cost.Priced(10_000_000, "gpt-4o-mini/standard"))
                            .build());
        }
        store.append(calls, 10);
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
    }

    @AfterAll
    void stop() {
        dashboard.close();
        store.close();
    }

    @Test
    void saysWhatEachWayWouldHaveSaved() throws IOException {
        String page = get("/savings");
        assertThat(page)
                .containsSubsequence(
                        "<b>$0.02</b>",
                        "50 % of spend",
                        "<b>duplicates</b>",
                        "2 answers to 1 requests",
                        "2 calls that cost $0.02 · exact")
                .contains("<b>?</b>", "capture.level: full", "do not add them up");
    }

    @Test
    void aWayLeadsToItsCalls() throws IOException {
        String page = get("/savings?way=duplicates&last=6h");
        assertThat(page)
                .contains(
                        "href=\"/calls?last=6h&amp;fingerprint=0123456789abcdef\">3</a>",
                        "href=\"/calls/" + calls.getFirst().id() + "\"",
                        "&lt;script&gt;")
                .doesNotContain(HOSTILE);
        assertThat(get("/calls?last=6h&fingerprint=0123456789abcdef"))
                .contains(calls.get(2).id().toString())
                .doesNotContain(calls.get(3).id().toString());
    }

    @Test
    void bothTablesAreFiles() throws IOException {
        assertThat(get("/savings?format=csv&table=savings").lines())
                .anyMatch(line -> line.startsWith("duplicates,2,20000000,20000000,0.02,0.5,exact"));
        assertThat(get("/savings?way=duplicates&format=csv&table=calls"))
                .contains("fingerprint=0123456789abcdef");
    }

    @Test
    void saysThatThereIsNothing() throws IOException {
        assertThat(get("/savings?key=nobody")).contains("No call of this time has cost anything.");
        assertThat(get("/savings?way=retries")).contains("There are none.");
    }

    @Test
    void theCostLeadsHere() throws IOException {
        assertThat(get("/cost?last=6h")).contains("href=\"/savings?last=6h\"");
    }

    private String get(String target) throws IOException {
        return dashboard.get(target, dashboard.admin()).body().replace("\u00a0", " ");
    }
}
