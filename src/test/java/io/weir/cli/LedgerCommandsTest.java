package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask Weir's admin API: calls, tail, report, status. */
class LedgerCommandsTest {
    private static final String DONE =
            """
            {"id":"0193-a","received_at":"2026-11-22T01:02:03.000004Z","endpoint":"chat.completions",\
            "request_model":"gpt-4o-mini","response_model":"gpt-4o-mini-2024-07-18","stream":true,\
            "key_name":"app","tags":["web","beta"],"outcome":"completed","status":200,\
            "user_agent":"=cmd()","finish_reasons":["stop"],"total_input_tokens":1200,\
            "input_tokens":1200,"total_output_tokens":10,"usage_confidence":"provider",\
            "cost_nano_usd":186000,"cost_state":"priced","latency_us":1240000,"overhead_us":310,\
            "first_token_us":180500,"error_code":null,\
            "attempts":[{"number":1,"upstream":"openai","reused":true,"started_us":90,\
            "first_byte_us":180000,"ended_us":1239000,"status":200,"failure":null,"request_id":"req_1"}],\
            "content":{"request":"{\\"model\\":1}","response":"line one\\nline \\u001b[2Jtwo","truncated":true}}\
            """;
    private static final String REFUSED =
            """
            {"id":"0193-b","received_at":"2026-11-22T01:02:04.5Z","request_model":"gpt-4o","outcome":\
            "refused","status":429,"error_type":"rate_limit","error_code":"rate_limit_exceeded",\
            "key_name":"app","usage_confidence":"none","cost_nano_usd":0,"cost_state":"free",\
            "latency_us":310}\
            """;

    @TempDir private Path data;
    private final FakeWeir weir = new FakeWeir();

    @BeforeEach
    void answers() throws IOException {
        weir.keysIn(data)
                .json("/admin/api/calls", 200, calls("null", DONE, REFUSED))
                .json("/admin/api/calls/0193-a", 200, DONE)
                .json(
                        "/admin/api/reports",
                        200,
                        "{\"reports\":[{\"name\":\"cost\",\"summary\":\"What calls cost.\"},"
                                + "{\"name\":\"latency\",\"summary\":\"How long they took.\"}]}")
                .json(
                        "/admin/api/status",
                        200,
                        "{\"status\":\"ok\",\"journal\":{\"behind\":0,\"segments\":[1,2]}}");
    }

    @AfterEach
    void close() {
        weir.close();
    }

    private static String calls(String next, String... calls) {
        return "{\"calls\":[" + String.join(",", calls) + "],\"next\":" + next + "}";
    }

    private Shell.Result run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--base-url", weir.baseUrl(), "--data", data.toString()));
        Shell.Result result = new Shell().run(all.toArray(String[]::new));
        assertThat(result.all()).doesNotContain("canary");
        return result;
    }

    @Test
    void listsCallsInColumns() {
        Shell.Result result = run("calls");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        Golden.check("calls.txt", result.out());
        assertThat(weir.requests().getFirst().authorization())
                .isEqualTo("Bearer " + FakeWeir.ADMIN_KEY);
    }

    @Test
    void handsItsFiltersOn() {
        run(
                "calls",
                "--since",
                "15m",
                "--until",
                "2026-11-22T01:02:03+01:00",
                "--model",
                "gpt 4&o",
                "--key",
                "k",
                "--outcome",
                "refused",
                "--error",
                "e",
                "--status",
                "429",
                "--project",
                "p",
                "--limit",
                "7");
        assertThat(weir.requests().getFirst().target())
                .isEqualTo(
                        "/admin/api/calls?since=15m&until=2026-11-22T00%3A02%3A03Z&model=gpt%204%26o"
                                + "&key=k&project=p&outcome=refused&error=e&status=429&limit=7");
    }

    @Test
    void handsOnWhatAReportHasAsItsFilter() {
        run("calls", "--filter", "key=a+b&min_cost_usd=0.5&user=x%26y");
        assertThat(weir.requests().getFirst().target())
                .isEqualTo("/admin/api/calls?limit=20&key=a%20b&min_cost_usd=0.5&user=x%26y");
        Shell.Result wrong = run("calls", "--filter", "key");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("'key' is no filter: write NAME=VALUE");
    }

    @Test
    void readsPageAfterPage() {
        weir.json("/admin/api/calls?limit=3", 200, calls("\"c 1\"", DONE, DONE));
        weir.json("/admin/api/calls?limit=1&after=c%201", 200, calls("\"c2\"", REFUSED));
        Shell.Result result = run("calls", "--limit", "3", "--json");
        assertThat(result.out().lines()).hasSize(3);
        assertThat(weir.requests()).hasSize(2);
    }

    @Test
    void printsCsvThatNoSpreadsheetTakesForAFormula() {
        Shell.Result result = run("calls", "--csv");
        assertThat(result.out()).contains(",'=cmd(),").contains(",web;beta,");
        Golden.check("calls.csv", result.out());
    }

    @Test
    void showsOneCallInFull() {
        Shell.Result result = run("calls", "0193-a");
        assertThat(result.exitCode()).isZero();
        Golden.check("call.txt", result.out());
    }

    @Test
    void saysThatThereIsNoSuchCall() {
        Shell.Result result = run("calls", "no/such?call");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("No call has the id no/such?call");
        assertThat(weir.requests().getFirst().target())
                .isEqualTo("/admin/api/calls/no%2Fsuch%3Fcall");
    }

    @Test
    void saysWhatToDoWhenThereAreNoCalls() {
        weir.json("/admin/api/calls", 200, calls("null"));
        Shell.Result result = run("calls");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("weir ask");
    }

    @Test
    void takesOneFormatOnly() {
        assertThat(run("calls", "--json", "--csv").exitCode()).isEqualTo(2);
    }

    @Test
    void tailsCallsAsTheyEnd() {
        weir.on(
                "/admin/api/tail",
                exchange ->
                        FakeWeir.send(
                                exchange,
                                200,
                                "text/event-stream",
                                ": hello\n\ndata: " + DONE + "\n\ndata: " + REFUSED + "\n\n"));
        Shell.Result two = run("tail", "--limit", "2");
        assertThat(two.exitCode()).isZero();
        Golden.check("tail.txt", two.out());
        Shell.Result json = run("tail", "--json", "--limit", "1");
        assertThat(Json.MAPPER.readTree(json.out())).isEqualTo(Json.MAPPER.readTree(DONE));
        Shell.Result gone = run("tail");
        assertThat(gone.exitCode()).isEqualTo(3);
        assertThat(gone.err()).contains("Weir stopped");
    }

    @Test
    void listsReports() {
        Golden.check("reports.txt", run("report").out());
        assertThat(run("report", "--csv").out())
                .isEqualTo(
                        "name,summary\r\ncost,What calls cost.\r\nlatency,How long they took.\r\n");
    }

    @Test
    void printsAReportAsWeirRendersIt() {
        weir.json("/admin/api/reports/cost", 200, "MODEL  COST\nm      $1");
        Shell.Result result = run("report", "cost", "--since", "7d", "--by", "model,key");
        assertThat(result.out()).isEqualTo("MODEL  COST\nm      $1\n");
        assertThat(weir.requests().getFirst().target())
                .isEqualTo("/admin/api/reports/cost?since=7d&by=model%2Ckey&format=text");
        run("report", "cost", "--csv");
        assertThat(weir.requests().getLast().target())
                .isEqualTo("/admin/api/reports/cost?format=csv");
        run("report", "why", "--window", "1h", "--against", "2h..1h", "--what", "slow,failed");
        assertThat(weir.requests().getLast().target())
                .isEqualTo(
                        "/admin/api/reports/why?window=1h&against=2h..1h&what=slow%2Cfailed&format=text");
    }

    @Test
    void saysHowWeirIs() {
        assertThat(run("status").out())
                .isEqualTo(
                        """
                        status            ok
                        journal.behind    0
                        journal.segments  [1,2]
                        """);
        assertThat(run("status", "--json").out()).startsWith("{\"status\":\"ok\"");
    }
}
