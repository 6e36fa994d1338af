package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.it.Message;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.web.LiveDashboard.Browser;
import io.weir.wire.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class PricesPageTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String PASSWORD = "correct-horse-9";

    private CallStore store;
    private LiveDashboard dashboard;
    private Browser admin;
    private Path file;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        store.append(
                List.of(
                        call(1, "mine & yours", new Cost.Unpriced("no price for mine & yours")),
                        call(2, "gpt-5-mini", new Cost.Priced(7, "gpt-5-mini/standard"))),
                2);
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
        admin = dashboard.admin();
        file = directory.resolve(LiveDashboard.PRICES);
    }

    @AfterEach
    void close() {
        dashboard.close();
        store.close();
    }

    @Test
    void saysWhatIsUsedWithoutAPriceAndWhatEnds() throws IOException {
        String page = dashboard.get("/prices", admin).body();
        assertThat(page)
                .contains(
                        "no price for mine &amp; yours",
                        "/prices?set=mine+%26+yours#set",
                        "2026-12-11",
                        "gpt-6.1-terra");
        Markup markup = new Markup(page);
        markup.holdsNoCodeAndNoStyle();
        markup.hasUniqueIds();
        markup.labelsEachField();
    }

    @Test
    void findsPricesByAPartOfTheNameAndADay() throws IOException {
        assertThat(dashboard.get("/prices?name=gpt-4o-mini", admin).body())
                .contains(">gpt-4o-mini<", ">0.15<", ">shipped<")
                .doesNotContain(">o3<");
        assertThat(dashboard.get("/prices?name=nothing-of-that-name", admin).body())
                .contains("No price matches.");
        assertThat(dashboard.get("/prices?at=soon", admin).status()).isEqualTo(400);
    }

    @Test
    void aPriceThatIsSetCountsAndCanBeRemoved() throws IOException {
        String form = "model=mine+%26+yours&tier=standard&input=0.5&cached=0.05&output=2";
        Message set = dashboard.submit(admin, "/prices/set", form);
        assertThat(set.field("location"))
                .isEqualTo("/prices?name=mine+%26+yours&all=true&notice=price-set");
        String page = dashboard.get("/prices?name=mine", admin).body();
        assertThat(page)
                .contains(
                        ">0.05<",
                        ">command<",
                        "/prices/remove",
                        "has one by now",
                        "/prices/reprice");
        assertThat(dashboard.get("/audit", admin).body()).contains("price.set");

        assertThat(dashboard.submit(admin, "/prices/reprice", "").field("location"))
                .isEqualTo("/prices?notice=repriced");
        assertThat(dashboard.submit(admin, "/prices/remove", "model=mine+%26+yours&from=").status())
                .isEqualTo(303);
        assertThat(dashboard.get("/prices?name=mine+%26", admin).body())
                .contains("No price matches.");
        assertThat(dashboard.submit(admin, "/prices/remove", "model=mine+%26+yours&from=").status())
                .isEqualTo(404);
    }

    @Test
    void thePriceFileIsReadAgain() throws IOException {
        assertThat(dashboard.get("/prices?name=of-the-file", admin).body())
                .contains("No price matches.", "/prices/reload", file.toString());
        Files.writeString(
                file,
                "{\"entries\":[{\"model\":\"of-the-file\",\"tiers\":{\"standard\":{\"input\":7.25}}}]}");
        assertThat(dashboard.submit(admin, "/prices/reload", "").field("location"))
                .isEqualTo("/prices?notice=prices-read");
        assertThat(dashboard.get("/prices?name=of-the-file&notice=prices-read", admin).body())
                .contains(">7.25<", ">file<", "were read again");
        assertThat(dashboard.get("/audit", admin).body()).contains("prices.reload");

        Files.writeString(file, "{\"entries\":[{\"model\":\"of-the-file\",\"tiers\":7}]}");
        Message refused = dashboard.submit(admin, "/prices/reload", "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("of-the-file");
        assertThat(dashboard.get("/prices?name=of-the-file", admin).body()).contains(">7.25<");
    }

    @Test
    void refusesWhatIsNoPrice() throws IOException {
        for (String form :
                List.of(
                        "model=&tier=standard&input=1",
                        "model=m&tier=gold&input=1",
                        "model=m&tier=standard&input=two",
                        "model=m&tier=standard&input=-1",
                        "model=m&tier=standard&input=0.0000001",
                        "model=m&tier=standard&input=1&from=tomorrow")) {
            assertThat(dashboard.submit(admin, "/prices/set", form).status())
                    .as(form)
                    .isEqualTo(400);
        }
        assertThat(dashboard.get("/prices?name=m&all=true", admin).body())
                .doesNotContain(">command<");
    }

    @Test
    void aViewerSeesPricesAndChangesNone() throws IOException {
        String user = "name=vi&role=viewer&password=" + PASSWORD;
        assertThat(dashboard.submit(admin, "/users/add", user).status()).isEqualTo(303);
        Browser viewer = dashboard.login("vi", PASSWORD);
        assertThat(dashboard.get("/prices", viewer).body())
                .contains("no price for mine")
                .doesNotContain("/prices/set", "/prices/reprice", "/prices/reload", "Set a price");
        assertThat(dashboard.submit(viewer, "/prices/reload", "").status()).isEqualTo(403);
        assertThat(
                        dashboard
                                .submit(viewer, "/prices/set", "model=m&tier=standard&input=1")
                                .status())
                .isEqualTo(403);
    }

    private static CallRecord call(int number, String model, Cost cost) {
        return CallRecords.at(NOW.minus(Duration.ofHours(number)), number)
                .model(model, model)
                .usage(Usage.ofText(1_200, 345), Confidence.PROVIDER)
                .cost(cost)
                .build();
    }
}
