package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.weir.it.ChatCalls.Chat;
import io.weir.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A bill of the emulator's beside the ledger of a gateway that calls it, both from the jar. */
@TestInstance(PER_CLASS)
class ReconcileIT {
    private static final Pattern ORIGIN = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/v1");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DIRECT_KEY = "sk-somebody-else";
    private static final String THROUGH = "gpt-4o-mini";
    private static final String ALSO_PAST = "gpt-4.1-mini";

    private Path directory;
    private LocalDate today;
    private ChildProcess provider;
    private URI providerOrigin;
    private RunningWeir weir;

    @BeforeAll
    void callThroughWeir(@TempDir Path temporary) throws IOException, InterruptedException {
        directory = temporary;
        today = LocalDate.now(ZoneOffset.UTC);
        provider =
                ChildProcess.weir(List.of(), List.of("emulate", "--port", "0", "--fast"), Map.of());
        providerOrigin = URI.create(provider.awaitOutput(ORIGIN, PATIENCE).group(1));
        weir =
                RunningWeir.in(directory.resolve("data"))
                        .upstream(providerOrigin + "/v1")
                        .variable("OPENAI_API_KEY", "sk-of-weir")
                        .start();
        ChatCalls calls = new ChatCalls(weir.origin());
        calls.ask(weir.appKey(), Chat.with(THROUGH));
        calls.ask(weir.appKey(), Chat.with(THROUGH).streamed());
        calls.ask(weir.appKey(), Chat.with("cached"));
        calls.ask(weir.appKey(), Chat.with(ALSO_PAST));
        calls.ask(weir.appKey(), Chat.with("error-429"));
        new StoredCalls(weir).atLeast("", 5);
    }

    @AfterAll
    void stop() {
        if (weir != null) {
            weir.close();
        }
        if (provider != null) {
            provider.handle().destroyForcibly();
        }
    }

    @Test
    void theBillAgreesUntilSomebodyCallsPastWeir() throws IOException, InterruptedException {
        ChildProcess.Ended before = reconcile("sk-admin", "--json");
        JsonNode agreed = Json.MAPPER.readTree(before.stdout());
        assertThat(before.exitCode()).as(before.stderr() + agreed).isZero();
        assertThat(agreed.path("agrees").asBoolean()).isTrue();
        assertThat(column(agreed, "likely_cause")).containsOnly("agrees");
        assertThat(column(agreed, "model")).contains(THROUGH, ALSO_PAST);

        ChatCalls past = new ChatCalls(providerOrigin);
        String answer = past.ask(DIRECT_KEY, Chat.with(ALSO_PAST));
        past.ask(DIRECT_KEY, Chat.with(ALSO_PAST));

        ChildProcess.Ended after = reconcile("sk-admin", "--json");
        JsonNode told = Json.MAPPER.readTree(after.stdout());
        assertThat(after.exitCode()).as(after.stderr()).isEqualTo(1);
        assertThat(told.path("agrees").asBoolean(true)).isFalse();
        int row = column(told, "likely_cause").indexOf("traffic past Weir");
        assertThat(column(told, "likely_cause")).containsOnlyOnce("traffic past Weir");
        assertThat(column(told, "model").get(row)).isEqualTo(ALSO_PAST);
        assertThat(column(told, "day").get(row))
                .isIn(today.toString(), LocalDate.now(ZoneOffset.UTC).toString());
        assertThat(column(told, "difference_nano_usd").get(row))
                .isEqualTo(Long.toString(2 * nanoUsd(answer)));
        assertThat(column(told, "evidence").get(row))
                .contains("2 requests and %,d tokens".formatted(2 * tokens(answer)));
    }

    @Test
    void aBillThatIsPostedIsComparedAsTheCommandDoes() throws IOException, InterruptedException {
        Path bill =
                Files.writeString(
                        directory.resolve("costs.csv"),
                        "date,line_item,amount_value,amount_currency\n%s,%s,12.5,usd\n"
                                .formatted(today, THROUGH));
        JsonNode posted =
                weir.adminPost(
                        "/reconcile?tolerance=0.5&since=%s&until=%s"
                                .formatted(today, today.plusDays(2)),
                        "text/csv",
                        Files.readString(bill));
        ChildProcess.Ended command =
                weir.command(
                        "reconcile",
                        bill.toString(),
                        "--json",
                        "--tolerance",
                        "0.5",
                        "--since",
                        today.toString(),
                        "--until",
                        today.plusDays(2).toString());
        assertThat(command.exitCode()).as(command.stderr()).isEqualTo(1);
        assertThat(posted).isEqualTo(Json.MAPPER.readTree(command.stdout()));
        assertThat(column(posted, "billed_nano_usd")).contains("12500000000");
    }

    @Test
    void dearerPricesAreToldByTheRatio() throws IOException, InterruptedException {
        ChildProcess.Ended ended = reconcile("sk-admin-dearer");
        assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(1);
        assertThat(ended.stdout())
                .contains(THROUGH, "other prices", "the bill is 125.0 % of the ledger's amount");
    }

    @Test
    void aKeyThatIsNoAdministratorsIsRefusedAndNotShown() throws IOException, InterruptedException {
        ChildProcess.Ended ended = reconcile("sk-no-administrator");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stderr()).contains("does not take the key", "admin key");
        assertThat(ended.stdout() + ended.stderr()).doesNotContain("sk-no-administrator");
    }

    private ChildProcess.Ended reconcile(String key, String... more)
            throws IOException, InterruptedException {
        Path secret = Files.writeString(directory.resolve(key + ".key"), key + "\n");
        List<String> command = new ArrayList<>();
        command.addAll(List.of("reconcile", "--tolerance", "0"));
        command.addAll(List.of("--since", today.toString()));
        command.addAll(List.of("--until", today.plusDays(2).toString()));
        command.addAll(List.of("--provider-url", providerOrigin + "/v1"));
        command.addAll(List.of("--provider-key", "file:" + secret));
        command.addAll(List.of(more));
        return weir.command(command.toArray(String[]::new));
    }

    private static List<String> column(JsonNode table, String name) {
        List<String> names = new ArrayList<>();
        table.path("columns").forEach(column -> names.add(column.path("name").asString("")));
        List<String> cells = new ArrayList<>();
        table.path("rows").forEach(row -> cells.add(row.path(names.indexOf(name)).asString("")));
        return cells;
    }

    private static long tokens(String answer) {
        return count(answer, "prompt_tokens") + count(answer, "completion_tokens");
    }

    /** gpt-4.1-mini costs $0.40 and $1.60 a million tokens. */
    private static long nanoUsd(String answer) {
        return 400 * count(answer, "prompt_tokens") + 1_600 * count(answer, "completion_tokens");
    }

    private static long count(String answer, String name) {
        Matcher found = Pattern.compile("\"" + name + "\": ?(\\d+)").matcher(answer);
        assertThat(found.find()).as(answer).isTrue();
        return Long.parseLong(found.group(1));
    }
}
