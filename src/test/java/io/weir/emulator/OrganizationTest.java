package io.weir.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.core.ObjectMappers;
import com.openai.models.admin.organization.usage.UsageCompletionsResponse;
import com.openai.models.admin.organization.usage.UsageCostsResponse;
import com.openai.models.admin.organization.usage.UsageEmbeddingsResponse;
import io.weir.prices.PriceBook;
import io.weir.wire.Headers;
import io.weir.wire.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an administrator of the emulated organization is told of usage and costs. */
class OrganizationTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final long TODAY = Instant.parse("2026-11-22T00:00:00Z").getEpochSecond();
    private static final long DAY = 86_400;
    private static final String QUESTION = "What is a weir?";

    private final JsonMapper exact =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private final Emulator emulator =
            new Emulator(EmulatorConfig.zero(), new JtokkitCount(), () -> NOON, 7);

    @Test
    void countsEveryAnswerTowardsItsModelAndTier() {
        JsonNode first = chat("gpt-4o", "").usage();
        JsonNode second = chat("gpt-4o", "\"stream\":true").usage();
        chat("gpt-4o", "\"service_tier\":\"flex\"");
        JsonNode cached = chat("cached", "").usage();
        chat("error-500", "");
        JsonNode results = results("usage/completions", groups("model", "service_tier"));
        assertThat(results.size()).isEqualTo(3);
        JsonNode plain = results.path(0);
        assertThat(plain.path("model").asString()).isEqualTo("gpt-4o");
        assertThat(plain.path("service_tier").asString()).isEqualTo("default");
        assertThat(plain.path("num_model_requests").asLong()).isEqualTo(2);
        assertThat(plain.path("input_tokens").asLong())
                .isEqualTo(2 * first.path("prompt_tokens").asLong());
        assertThat(plain.path("output_tokens").asLong())
                .isEqualTo(2 * first.path("completion_tokens").asLong());
        assertThat(second.isMissingNode()).isTrue();
        assertThat(results.path(1).path("service_tier").asString()).isEqualTo("flex");
        assertThat(results.path(2).path("input_cached_tokens").asLong())
                .isEqualTo(cached.path("prompt_tokens_details").path("cached_tokens").asLong())
                .isPositive();
    }

    @Test
    void billsWhatThePriceBookSaysToThePicoDollar() {
        JsonNode usage = chat("gpt-4o-mini", "").usage();
        JsonNode lines = results("costs", groups("line_item"));
        assertThat(lines.path(0).path("line_item").asString()).isEqualTo("gpt-4o-mini, input");
        assertThat(lines.path(1).path("line_item").asString()).isEqualTo("gpt-4o-mini, output");
        BigDecimal input = new BigDecimal("0.00000015");
        assertThat(amount(lines.path(0)))
                .isEqualByComparingTo(
                        input.multiply(BigDecimal.valueOf(usage.path("prompt_tokens").asLong())));
        assertThat(lines.path(0).path("quantity").asLong())
                .isEqualTo(usage.path("prompt_tokens").asLong());
        JsonNode all = results("costs", "");
        assertThat(all.size()).isEqualTo(1);
        assertThat(amount(all.path(0)))
                .isEqualByComparingTo(amount(lines.path(0)).add(amount(lines.path(1))));
        assertThat(all.path(0).path("quantity").isNull()).isTrue();
    }

    @Test
    void namesLinesOfTiersAsBillsDo() {
        UsageLog log = new UsageLog(PriceBook.shipped(), () -> NOON);
        log.add("completions", Headers.NONE, "gpt-5", "priority", Usage.ofText(10, 10));
        Used used = log.all().getFirst();
        assertThat(UsageResults.line(used, "gpt-5/priority", "cached input"))
                .isEqualTo("priority | gpt-5, cached input");
        assertThat(UsageResults.line(used, "gpt-5/priority>200000", "audio, output"))
                .isEqualTo("priority | gpt-5 audio, output, long context");
    }

    @Test
    void openAisOwnClientAcceptsIt() throws JsonProcessingException {
        chat("gpt-4o", "");
        Exchange.with(emulator, "POST", "/v1/embeddings", embedding());
        String all = groups("model", "project_id", "api_key_id", "user_id");
        UsageCompletionsResponse usage =
                ObjectMappers.jsonMapper()
                        .readValue(
                                page("usage/completions", all + "&group_by=batch").toString(),
                                UsageCompletionsResponse.class)
                        .validate();
        assertThat(usage.data()).hasSize(1);
        ObjectMappers.jsonMapper()
                .readValue(page("usage/embeddings", all).toString(), UsageEmbeddingsResponse.class)
                .validate();
        ObjectMappers.jsonMapper()
                .readValue(
                        page("costs", groups("line_item", "project_id")).toString(),
                        UsageCostsResponse.class)
                .validate();
        assertThat(results("usage/embeddings", all).path(0).path("num_model_requests").asLong())
                .isEqualTo(1);
    }

    @Test
    void turnsPagesOfBuckets() {
        chat("gpt-4o", "");
        List<Long> starts = new ArrayList<>();
        String page = "";
        int pages = 0;
        do {
            JsonNode answer =
                    ask(
                                    "usage/completions",
                                    "start_time=%d&end_time=%d&limit=3%s"
                                            .formatted(TODAY - 7 * DAY + 5, TODAY + DAY, page),
                                    "sk-admin")
                            .json();
            answer.path("data").forEach(bucket -> starts.add(bucket.path("start_time").asLong()));
            page = "&page=" + answer.path("next_page").asString("");
            pages++;
            assertThat(answer.path("has_more").asBoolean()).isEqualTo(pages < 3);
            assertThat(answer.path("next_page").isNull()).isEqualTo(pages == 3);
        } while (pages < 3);
        assertThat(starts).hasSize(8).startsWith(TODAY - 7 * DAY).endsWith(TODAY).isSorted();
    }

    @Test
    void answersBySmallerBucketsAndForSomeModelsOnly() {
        chat("gpt-4o", "");
        chat("gpt-4o-mini", "");
        JsonNode hours =
                ask(
                                "usage/completions",
                                "start_time=%d&bucket_width=1h&models[]=gpt-4o&group_by[]=model"
                                        .formatted(NOON.getEpochSecond() - 3_600),
                                "sk-admin")
                        .json();
        assertThat(hours.path("data").size()).isEqualTo(1);
        JsonNode now =
                ask(
                                "usage/completions",
                                "start_time=%d&end_time=%d&bucket_width=1m&models[]=gpt-4o&group_by[]=model"
                                        .formatted(
                                                NOON.getEpochSecond(), NOON.getEpochSecond() + 60),
                                "sk-admin")
                        .json();
        assertThat(now.path("data").path(0).path("results").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "sk-admin-missing, 1, 100",
        "sk-admin-dearer, 2, 125",
        "sk-admin-late, 0, 0",
        "sk-admin-any, 2, 100"
    })
    void showsFaultyBooksToKeysThatAskForThem(String key, int models, int percent) {
        chat("gpt-4o", "");
        chat("gpt-4o-mini", "");
        JsonNode usage = today("usage/completions", groups("model"), key);
        assertThat(usage.size()).isEqualTo(models);
        BigDecimal right = sum(today("costs", groups("line_item"), "sk-admin"), "gpt-4o-mini");
        BigDecimal shown = sum(today("costs", groups("line_item"), key), "gpt-4o-mini");
        assertThat(shown).isEqualByComparingTo(right.multiply(BigDecimal.valueOf(percent, 2)));
    }

    @Test
    void showsCallsThatNobodyMadeToAKeyThatAsksForThem() {
        chat("gpt-4o", "");
        JsonNode usage = today("usage/completions", groups("model"), "sk-admin-bypass");
        assertThat(usage.path(0).path("num_model_requests").asLong()).isEqualTo(2);
        assertThat(usage.path(0).path("input_tokens").asLong()).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource(value = UsageFault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void theDocumentNamesEveryFault(UsageFault fault) throws IOException {
        assertThat(Files.readString(Path.of("docs/emulator.md")))
                .contains("| `%s` | %s |".formatted(fault.prefix(), fault.description()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-any", "sk-adm"})
    void refusesKeysThatAreNoAdministrators(String key) {
        Exchange refused = ask("costs", "start_time=1", key);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error().path("message").asString()).contains("api.usage.read");
    }

    @ParameterizedTest
    @CsvSource({
        "usage/completions, '', start_time",
        "usage/completions, start_time=x, start_time",
        "usage/completions, start_time=1&limit=32, limit",
        "usage/completions, start_time=1&limit=0, limit",
        "usage/completions, start_time=1&bucket_width=1w, bucket_width",
        "usage/completions, start_time=1&group_by=colour, project_id",
        "usage/completions, start_time=1&page=page_x, page",
        "costs, start_time=1&bucket_width=1h, bucket_width",
        "costs, start_time=1&group_by=model, line_item"
    })
    void refusesQuestionsThatMakeNoSense(String what, String query, String said) {
        Exchange refused = ask(what, query, "sk-admin");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains(said);
    }

    @Test
    void refusesOtherMethodsAndPaths() {
        Headers admin = Headers.of("Authorization", "Bearer sk-admin");
        byte[] none = new byte[0];
        assertThat(emulator.answer("POST", "/v1/organization/costs", null, admin, none).status())
                .isEqualTo(405);
        assertThat(emulator.answer("GET", "/v1/organization/users", null, admin, none).status())
                .isEqualTo(404);
    }

    private static String groups(String... fields) {
        StringBuilder query = new StringBuilder();
        for (String field : fields) {
            query.append("&group_by=").append(field);
        }
        return query.toString();
    }

    private static String embedding() {
        return "{\"model\":\"text-embedding-3-small\",\"input\":\"a weir\"}";
    }

    private Exchange chat(String model, String more) {
        return Exchange.with(
                emulator, "POST", "/v1/chat/completions", Exchange.chatBody(model, QUESTION, more));
    }

    private Exchange ask(String what, String query, String key) {
        return Exchange.of(
                emulator.answer(
                        "GET",
                        "/v1/organization/" + what,
                        query,
                        Headers.of("Authorization", "Bearer " + key),
                        "".getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode page(String what, String more) {
        return ask(what, "start_time=" + TODAY + more, "sk-admin").json();
    }

    private JsonNode results(String what, String more) {
        return today(what, more, "sk-admin");
    }

    private JsonNode today(String what, String more, String key) {
        String query = "start_time=%d&end_time=%d%s".formatted(TODAY, TODAY + DAY, more);
        return exact.readTree(ask(what, query, key).bytes()).path("data").path(0).path("results");
    }

    private static BigDecimal amount(JsonNode line) {
        return line.path("amount").path("value").decimalValue();
    }

    private static BigDecimal sum(JsonNode lines, String model) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode line : lines) {
            if (line.path("line_item").asString().startsWith(model + ",")) {
                sum = sum.add(amount(line));
            }
        }
        return sum;
    }
}
