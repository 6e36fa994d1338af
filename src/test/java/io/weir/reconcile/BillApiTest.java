package io.weir.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.it.Message;
import io.weir.it.ScriptedUpstream;
import io.weir.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BillApiTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final long MIDNIGHT = DAY.toEpochDay() * 86_400;
    private static final String KEY = "sk-admin-S3CRET";
    private static final String EMPTY = "{\"data\": [], \"has_more\": false, \"next_page\": null}";

    private final ScriptedUpstream provider = new ScriptedUpstream();
    private final Bill bill = new Bill(DAY, DAY.plusDays(2), Projects.of(List.of("proj a=shop")));

    BillApiTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        provider.close();
    }

    @Test
    void followsPagesToTheLast() throws BillProblem, InterruptedException {
        provider.does(peer -> {
            while (true) {
                String line = peer.request().startLine();
                peer.wire().say(ScriptedUpstream.json(answer(line)));
            }
        });
        read();
        assertThat(bill.slots()).containsOnlyKeys(slot(DAY), slot(DAY.plusDays(1)));
        assertThat(bill.slots().values())
                .extracting(Billed::nanoUsd)
                .containsExactly(500_000_000L, 500_000_000L);
        List<String> lines = provider.requests().stream().map(Message::startLine).toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .startsWith("GET /v1/organization/usage/completions?bucket_width=1d&limit=31&")
                .contains("&start_time=" + MIDNIGHT + "&end_time=" + (MIDNIGHT + 172_800) + "&")
                .contains("&group_by=model&group_by=project_id&")
                .contains("&project_ids=proj+a ");
        assertThat(lines.getLast()).contains("/costs?", "&page=page_2%3D ");
        assertThat(provider.lastRequest().all("authorization")).containsExactly("Bearer " + KEY);
    }

    @Test
    void aKeyThatIsNotTakenIsNotShown() {
        provider.says("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(BillProblem.class)
                .hasMessageContaining("organization's admin key")
                .hasMessageNotContaining(KEY);
    }

    @Test
    void anAnswerThatIsNoneIsToldWithItsStatus() {
        provider.says("HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n");
        assertThatThrownBy(this::read).hasMessageContaining("answered 500");
    }

    @Test
    void pagesWithoutEndAreGivenUp() {
        provider.answers("{\"data\": [], \"next_page\": \"again\"}");
        assertThatThrownBy(this::read).hasMessageContaining("no end after 1000 pages");
    }

    private void read() throws BillProblem, InterruptedException {
        try (BillApi api =
                new BillApi(URI.create(provider.url()), new Secret(KEY), () -> Instant.EPOCH)) {
            api.read(bill);
        }
    }

    private static String answer(String startLine) {
        if (!startLine.contains("/costs?")) {
            return EMPTY;
        }
        boolean second = startLine.contains("&page=");
        return """
        {"data": [{"start_time": %d, "results": [{"object": "organization.costs.result",
          "project_id": "proj a", "line_item": "m, input",
          "amount": {"value": 0.5, "currency": "usd"}}]}], "next_page": %s}
        """
                .formatted(MIDNIGHT + (second ? 86_400 : 0), second ? "null" : "\"page_2=\"");
    }

    private static Slot slot(LocalDate day) {
        return new Slot(day, "m", "shop");
    }
}
