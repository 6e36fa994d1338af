package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecords;
import io.weir.call.Cost;
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
class BillsPageTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String MULTIPART = "content-type: multipart/form-data; boundary=b";
    private static final String MODEL = "gpt-4o-mini-2024-07-18";

    private CallStore store;
    private LiveDashboard dashboard;
    private Browser admin;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        store = Stores.open(directory);
        Cost.Priced dear = new Cost.Priced(1_500_000_001, "gpt-4o-mini/standard");
        store.append(
                List.of(
                        CallRecords.at(NOW.minus(Duration.ofHours(2)), 1).cost(dear).build(),
                        CallRecords.at(NOW.minus(Duration.ofDays(3)), 2)
                                .key("key_2", "second", "shop")
                                .cost(dear)
                                .build(),
                        CallRecords.at(NOW.minus(Duration.ofDays(40)), 3).build()),
                4);
        dashboard = LiveDashboard.start(store, directory, () -> NOW);
        admin = dashboard.admin();
    }

    @AfterEach
    void close() {
        dashboard.close();
        store.close();
    }

    @Test
    void aMonthIsChargedToProjectsToTheNanoDollar() throws IOException {
        String page = dashboard.get("/bills", admin).body();
        assertThat(page)
                .contains("Whom 2026-11 is charged to", "$3.000000002 in all", "shop", "default")
                .contains("href=\"/bills?month=2026-10\"")
                .doesNotContain("/bills?month=2026-12");
        assertThat(dashboard.get("/bills?month=2026-10", admin).body())
                .contains("$0.000002 in all", "href=\"/bills?month=2026-11\"");
        assertThat(dashboard.get("/bills?month=2026-09", admin).body()).contains("$0.00 in all");
        Message bad = dashboard.get("/bills?month=november", admin);
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.body()).contains("A month is written 2026-11");
    }

    @Test
    void theMonthIsAFileInFocusColumns() throws IOException {
        Message csv = dashboard.get("/bills?month=2026-11&file=csv", admin);
        assertThat(csv.field("content-disposition"))
                .isEqualTo("attachment; filename=\"weir-focus-2026-11.csv\"");
        assertThat(csv.body().lines().findFirst().orElseThrow()).contains("BilledCost");
        assertThat(csv.body()).contains("shop", "2026-11-23T00:00:00Z").doesNotContain("2026-10-1");
        Message parquet = dashboard.get("/bills?month=2026-11&file=parquet", admin);
        assertThat(parquet.status()).isEqualTo(200);
        assertThat(parquet.body()).startsWith("PAR1");
    }

    @Test
    void aBillIsLaidBesideTheLedgerAndNotKept() throws IOException {
        String agrees = "1.500000001";
        String page = compare(admin, costs(agrees, agrees), "").body();
        assertThat(page).contains("The bill agrees with the ledger", "2 of 2 lines agree");

        String differs = compare(admin, costs(agrees, "2.75"), "").body();
        assertThat(differs)
                .contains("The bill differs from the ledger", "1 of 2 lines agree", "2026-11-26")
                .contains("billed $4.250000001, in the ledger $3.000000002");
        assertThat(differs).doesNotContain("<td class=\"text plain\">2026-11-23");

        Message lines = compare(admin, costs(agrees, "2.75"), field("as", "csv"));
        assertThat(lines.field("content-disposition")).contains("weir-bill-2026-11.csv");
        assertThat(lines.body()).contains("2026-11-23", "2026-11-26", "1249999999");
        assertThat(dashboard.get("/bills", admin).body()).doesNotContain("The bill ");
    }

    @Test
    void whatIsNoBillIsSaidSo() throws IOException {
        Message noBill = compare(admin, file("letter.csv", "Dear sirs,"), "");
        assertThat(noBill.status()).isEqualTo(400);
        assertThat(noBill.body()).contains("letter.csv", "no export of usage or costs");
        assertThat(compare(admin, "", "").body()).contains("Choose the provider");
        assertThat(compare(admin, costs("1", "1"), field("tolerance", "much")).body())
                .contains("is no tolerance");
        Message forged = compare(new Browser(admin.cookie(), "x"), costs("1", "1"), "");
        assertThat(forged.status()).isEqualTo(403);
        Message none = dashboard.post("/bills/compare", admin, "--b", MULTIPART);
        assertThat(none.status()).isEqualTo(400);
    }

    @Test
    void aNameOfAFileIsShownAsTextOnly() throws IOException {
        String page = compare(admin, file("<script>alert(1)</script>.csv", "x"), "").body();
        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>alert");
    }

    private Message compare(Browser browser, String file, String more) throws IOException {
        String form = field("csrf", browser.csrf()) + field("month", "2026-11") + file + more;
        return dashboard.post("/bills/compare", browser, form + "--b--\r\n", MULTIPART);
    }

    private static String costs(String first, String second) {
        return file(
                "costs.csv",
                """
                date,line_item,amount_value,amount_currency
                2026-11-23,"%s, input",%s,usd
                2026-11-26,"%s, input",%s,usd
                """
                        .formatted(MODEL, first, MODEL, second));
    }

    private static String file(String name, String content) {
        return part("name=\"files\"; filename=\"" + name + "\"", content);
    }

    private static String field(String name, String value) {
        return part("name=\"" + name + "\"", value);
    }

    private static String part(String disposition, String content) {
        return "--b\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n"
                .formatted(disposition, content);
    }
}
