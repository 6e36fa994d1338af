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

class PriceCommandsTest {
    private static final String PRICES =
            """
            {"prices":[{"model":"gpt-4o","from":"2026-12-01","origin":"command","in_force":false,\
            "tiers":{"standard":{"input":2.5,"cache_read":0.075,"output":10},"batch":{"input":1.25}}},\
            {"model":"long","disputed_by":["litellm","portkey"],"origin":"shipped","in_force":true,\
            "shutdown":"2027-01-14","long_context_above":272000,"tiers":{"standard":{"input":1,"output":8,\
            "long_context":{"input":2,"output":12}}}},\
            {"model":"dall\\u001be","origin":"shipped","in_force":true,"billed_by":"image"}]}\
            """;
    private static final String CHECK =
            """
            {"to_do":4,"unpriced":[{"model":"mystery","calls":3,"tokens":4635,"last_call":\
            "2026-11-26T18:00:00Z","reason":"no price for mystery","has_price":false},\
            {"model":"set","calls":1200,"tokens":1,"last_call":"2026-11-25T18:00:00Z",\
            "reason":"no price for set","has_price":true}],\
            "ending":[{"model":"gpt-4","calls":2,"tokens":9,"last_call":"2026-11-26T18:00:00Z",\
            "shutdown":"2026-10-23","replacement":"gpt-5.6-sol","source":"https://example.com/ends",\
            "over":true}],\
            "disputed":[{"model":"gpt-4o-mini-tts","calls":1,"tokens":5,"last_call":\
            "2026-11-26T18:00:00Z","agreed_by":["portkey"],"disputed_by":["litellm"]}],\
            "catalogue":{"source":"shipped","models":58,"problem":"file:x: no such file"}}\
            """;
    private static final String FOUND =
            """
            {"calls":3,"tokens":4635,"nano_usd":2520000,"by_price":[{"price_id":"mine/standard",\
            "calls":3,"tokens":4635,"nano_usd":2520000}],"left_calls":1,"left":[{"reason":\
            "no price for other","calls":1}]}\
            """;

    @TempDir private Path data;
    private final FakeWeir weir = new FakeWeir();

    @BeforeEach
    void answers() throws IOException {
        weir.keysIn(data)
                .json("/admin/api/prices", 200, PRICES)
                .json("/admin/api/price-check", 200, CHECK)
                .json("/admin/api/repricings", 200, FOUND);
    }

    @AfterEach
    void close() {
        weir.close();
    }

    @Test
    void listsPricesATierALine() {
        Shell.Result result = run("prices", "list", "gpt", "--at", "2026-12-31", "--all");
        assertThat(result.exitCode()).isZero();
        Golden.check("prices-list.txt", result.out());
        assertThat(weir.requests().getFirst().target())
                .isEqualTo("/admin/api/prices?model=gpt&at=2026-12-31&all=true");
    }

    @Test
    void saysWhatIsToBeDoneAndThatSomethingIs() {
        Shell.Result result = run("prices", "check");
        assertThat(result.exitCode()).isEqualTo(1);
        Golden.check("prices-check.txt", result.out());
    }

    @Test
    void saysThatNothingIsToBeDone() {
        weir.json("/admin/api/price-check", 200, "{\"to_do\":0}");
        Shell.Result result = run("prices", "check", "--days", "7");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Everything used in the last 7 days has a price");
    }

    @Test
    void handsExactDecimalsOn() {
        weir.json(
                "/admin/api/prices",
                200,
                "{\"model\":\"mine\",\"tiers\":{\"batch\":{\"input\":0.000001}},\"repricing\":{\"calls\":1,\"nano_usd\":7}}");
        Shell.Result result =
                run(
                        "prices",
                        "set",
                        "mine",
                        "--input",
                        "0.000001",
                        "--cached-input",
                        "0.0",
                        "--output",
                        "10",
                        "--tier",
                        "batch",
                        "--from",
                        "2026-12-01");
        assertThat(result.out())
                .contains("weir prices reprice would price 1 call of before, $0.000000007.");
        assertThat(Json.MAPPER.readTree(weir.requests().getFirst().body()))
                .isEqualTo(
                        Json.MAPPER.readTree(
                                "{\"model\":\"mine\",\"from\":\"2026-12-01\",\"tiers\":{\"batch\":{\"input\":0.000001,\"cache_read\":0.0,\"output\":10}}}"));
    }

    @Test
    void saysWhatWasFoundAndWhatWasNot() {
        Shell.Result result = run("prices", "reprice", "--since", "7d", "--dry-run");
        Golden.check("prices-reprice.txt", result.out());
        assertThat(Json.MAPPER.readTree(weir.requests().getFirst().body()))
                .isEqualTo(Json.MAPPER.readTree("{\"dry_run\":true,\"since\":\"7d\"}"));
    }

    @Test
    void showsTheVersionsOfACallsCost() {
        weir.json(
                "/admin/api/calls/0193-a",
                200,
                "{\"id\":\"0193-a\",\"cost_state\":\"priced\",\"cost_nano_usd\":840000,\"price_versions\":["
                        + "{\"version\":1,\"cost_state\":\"unpriced\",\"unpriced_reason\":\"no price for mine\",\"at\":\"2026-11-26T18:00:00Z\",\"by\":\"weir\"},"
                        + "{\"version\":2,\"cost_state\":\"priced\",\"cost_nano_usd\":840000,\"price_id\":\"mine/standard\",\"at\":\"2026-11-26T19:00:00Z\",\"by\":\"Anna\"}]}");
        Golden.check("call-versions.txt", run("calls", "0193-a").out());
    }

    @Test
    void aCatalogueThatCannotBeReadIsAFailure() {
        weir.json(
                "/admin/api/price-reloads",
                200,
                "{\"entries\":2,\"models\":{\"source\":\"shipped\",\"models\":58,\"problem\":\"file:x: another sum\"}}");
        Shell.Result result = run("prices", "reload");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("2 entries of the price file; 58 models", "file:x: another sum");
    }

    private Shell.Result run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--base-url", weir.baseUrl(), "--data", data.toString()));
        Shell.Result result = new Shell().run(all.toArray(String[]::new));
        assertThat(result.all()).doesNotContain("canary");
        return result;
    }
}
