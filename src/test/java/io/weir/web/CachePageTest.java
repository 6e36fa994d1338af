package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CacheUse;
import io.weir.call.CallRecords;
import io.weir.call.Likeness;
import io.weir.it.Message;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.web.LiveDashboard.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class CachePageTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private CallStore store;
    private LiveDashboard dashboard;
    private Browser admin;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        store.append(
                List.of(
                        CallRecords.at(NOW.minus(Duration.ofHours(2)), 1)
                                .cache(
                                        CacheUse.hit(5L)
                                                .like(
                                                        Likeness.ofQuestions(
                                                                CallRecords.id(NOW, 9), 0.97)))
                                .build()),
                2);
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
        admin = dashboard.admin();
    }

    @AfterEach
    void close() {
        dashboard.close();
        store.close();
    }

    @Test
    void saysHowItStandsAndWhatFalseHitsThereWere() throws IOException {
        String page = dashboard.get("/cache", admin).body().replace("\u00a0", " ");
        assertThat(page)
                .contains("Answers take 0 B of 256 MiB", "<span>0.97</span>")
                .doesNotContain("The cache is off", "Questions that mean the same");
        assertThat(dashboard.get("/cache?last=1h", admin).body()).doesNotContain("False hits");
        assertThat(dashboard.get("/cache?format=csv&table=false-hits", admin).body())
                .contains("0.97,1,5,0,0,,,");
    }

    @Test
    void anAdministratorHasItForgetAndTheAuditLogSaysSo() throws IOException {
        Message done = dashboard.submit(admin, "/cache/clear", "project=shop");
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.field("location")).isEqualTo("/cache?notice=cache-cleared");
        assertThat(dashboard.get("/audit", admin).body()).contains("cache.clear", "shop");
    }
}
