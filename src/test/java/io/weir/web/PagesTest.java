package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.http.Access;
import io.weir.http.Route;
import io.weir.it.Message;
import io.weir.store.CallStore;
import io.weir.store.Stores;
import io.weir.web.LiveDashboard.Browser;
import io.weir.wire.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every page of the catalogue has to do: with an empty store, with one that is full of hostile
 * texts, and with one that cannot answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Map<String, LiveDashboard> dashboards = new LinkedHashMap<>();
    private final Map<String, Browser> browsers = new LinkedHashMap<>();
    private final List<CallStore> stores = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        CallStore filled = Stores.open(directory.resolve("filled"));
        filled.append(calls(), 100);
        Path broken = directory.resolve("broken");
        Files.createDirectories(broken.resolve("weir.duckdb"));
        start("empty", Stores.open(directory.resolve("empty")), directory);
        start("filled", filled, directory);
        start("unavailable", new CallStore(broken, Stores.CONFIG, System::nanoTime), directory);
    }

    @AfterAll
    void stop() {
        dashboards.values().forEach(LiveDashboard::close);
        stores.forEach(CallStore::close);
    }

    private void start(String name, CallStore store, Path directory) throws IOException {
        stores.add(store);
        Path data = Files.createDirectories(directory.resolve("data-" + name));
        LiveDashboard dashboard = LiveDashboard.start(store, data, () -> NOW);
        dashboards.put(name, dashboard);
        Browser admin = dashboard.admin();
        browsers.put(name, admin);
        assertThat(
                        dashboard
                                .submit(
                                        admin,
                                        "/users/add",
                                        "name=somebody&role=viewer&password=correct-horse-9")
                                .status())
                .isEqualTo(303);
    }

    record Case(String store, String path) {}

    Stream<Case> cases() {
        return dashboards.entrySet().stream()
                .flatMap(each ->
                        each.getValue().routes().stream()
                                .filter(PagesTest::isPage)
                                .flatMap(route ->
                                        views(route.path())
                                                .map(path -> new Case(each.getKey(), path))));
    }

    private static boolean isPage(Route route) {
        return route.method().equals("GET")
                && route.access() != Access.PUBLIC
                && !route.path().equals("/first-call");
    }

    /** The plain address, and addresses with every hostile text in every place for one. */
    private static Stream<String> views(String path) {
        Stream<String> hostile =
                Hostile.TEXTS.stream()
                        .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                        .flatMap(text ->
                                Stream.of(
                                        "?model=" + text + "&user=" + text + "&error=" + text,
                                        "?sort=" + text + "&own=" + text + "&" + text + "=1"));
        List<String> segments = new ArrayList<>(List.of("x"));
        calls().stream()
                .skip(100 - Hostile.TEXTS.size())
                .forEach(call -> segments.add("" + call.id()));
        Stream<String> each =
                path.contains("*")
                        ? segments.stream().map(segment -> path.replace("*", segment))
                        : Stream.of(
                                        "",
                                        "?last=30d&live=1",
                                        "?last=7d&sort=p95_ms&notice=user-added")
                                .map(query -> path + query);
        return Stream.concat(each, hostile.map(query -> path.replace("*", "x") + query));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPageIsWholeSafeAndLabelled(Case each) throws IOException {
        Message page = get(each);

        assertThat(page.status()).as("%s", page).isEqualTo(200);
        assertThat(page.field("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.field("cache-control")).isEqualTo("no-store");
        assertThat(page.field("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body()).containsPattern("<title>[A-Za-z ]+ · Weir</title>");
        Hostile.TEXTS.stream()
                .filter(text -> text.contains("<"))
                .forEach(text -> assertThat(page.body()).doesNotContain(text));
        Markup markup = new Markup(page.body());
        markup.holdsNoCodeAndNoStyle();
        markup.hasUniqueIds();
        markup.labelsEachField();
        markup.refersToWhatIsThere();
    }

    @Test
    void hostileTextsAreShownRatherThanObeyed() throws IOException {
        String asked = URLEncoder.encode(Hostile.TEXTS.getFirst(), StandardCharsets.UTF_8);
        assertThat(get(new Case("filled", "/?model=" + asked)).body())
                .contains(">&lt;script&gt;alert(1)&lt;/script&gt;</a>");
    }

    @Test
    void aStoreThatCannotAnswerIsSaidToBeAway() throws IOException {
        assertThat(get(new Case("unavailable", "/")).body())
                .contains("The store cannot answer now", "the journal holds them");
    }

    @Test
    void anEmptyStoreTeachesHowToFillIt() throws IOException {
        assertThat(get(new Case("empty", "/")).body())
                .contains("http://weir.test/v1", "Python", "Node", "Java", "curl");
        assertThat(get(new Case("empty", "/first-call")).status()).isEqualTo(204);
        assertThat(get(new Case("filled", "/first-call")).field("hx-refresh")).isEqualTo("true");
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedWithASentence() throws IOException {
        for (String query :
                List.of("last=9y", "since=yesterday", "status=abc", "filter=nonsense&value=1")) {
            Message page = get(new Case("filled", "/?" + query));
            assertThat(page.status()).as(query).isEqualTo(400);
            assertThat(page.body()).contains("That cannot be shown");
        }
        assertThat(get(new Case("filled", "/?a=%zz")).status()).isEqualTo(400);
    }

    @Test
    void anAddedFilterBecomesPartOfTheAddress() throws IOException {
        assertThat(get(new Case("filled", "/?last=7d&filter=key&value=a+b")).field("location"))
                .isEqualTo("/?last=7d&key=a+b");
    }

    @Test
    void everyTableOfAPageCanBeHadAsCsv() throws IOException {
        Message series = get(new Case("filled", "/?format=csv"));
        assertThat(series.field("content-type")).isEqualTo("text/csv; charset=utf-8");
        assertThat(series.field("content-disposition")).contains("weir-series.csv");
        assertThat(series.body()).startsWith("time,calls,errors,");
        assertThat(get(new Case("filled", "/?format=csv&table=groups")).body())
                .startsWith("now,dimension,value,calls,");
    }

    @Test
    void listsEveryClassThatIsAPage() {
        List<String> classes =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.weir.web")
                                .stream()
                                .filter(type -> type.isAssignableTo(Page.class))
                                .filter(type -> !type.isInterface())
                                .map(JavaClass::getName)
                                .toList();
        long pages =
                dashboards.values().iterator().next().routes().stream()
                        .filter(PagesTest::isPage)
                        .count();
        assertThat(classes).hasSize((int) pages);
    }

    private Message get(Case each) throws IOException {
        LiveDashboard dashboard = Objects.requireNonNull(dashboards.get(each.store()));
        return dashboard.get(each.path(), Objects.requireNonNull(browsers.get(each.store())));
    }

    /** A request or an answer that says it in each way there is. */
    private static String said(String text, String member) {
        ObjectNode message = Json.MAPPER.createObjectNode().put("role", text).put("refusal", text);
        ArrayNode parts = message.putArray("content");
        parts.addObject().put("type", "text").put("text", text);
        parts.addObject().put("type", "image_url").putObject("image_url").put("url", text);
        parts.addObject().put("type", text);
        message.putArray("tool_calls")
                .addObject()
                .putObject("function")
                .put("name", text)
                .put("arguments", text);
        ObjectNode json = Json.MAPPER.createObjectNode().put("model", text).put(text, text);
        ArrayNode turns = json.putArray(member);
        turns.add(message);
        turns.addObject().put("finish_reason", text).set("message", message);
        return json.toString();
    }

    private static List<CallRecord> calls() {
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String text = Hostile.TEXTS.get(i % Hostile.TEXTS.size());
            CallRecords call =
                    CallRecords.at(NOW.minusSeconds(1_500L * (100 - i)), i)
                            .model(text, text)
                            .key("key_" + i % 3, text, text)
                            .endUser(text)
                            .upstream(text)
                            .content(said(text, "messages"), said(text, "choices"))
                            .latency(100 + i, 90);
            calls.add(
                    (i % 5 == 0
                                    ? call.outcome("upstream_failed", 500).error(text, text, text)
                                    : call)
                            .build());
        }
        return calls;
    }
}
