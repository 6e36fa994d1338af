package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CallRecords;
import io.weir.call.Cost;
import io.weir.call.UpstreamFailure;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The searches under {@code deploy} against the events that are sent. */
class DeployedSearchesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Path APP = ShippedSearch.SPLUNK;

    /** A call of each kind that a search is for. */
    private static final Map<String, CallRecords> CALLS = calls();

    static Stream<Arguments> searches() throws IOException {
        return Stream.of(
                        Map.entry("Splunk", ShippedSearch.splunk()),
                        Map.entry("Loggly", ShippedSearch.loggly()))
                .flatMap(each ->
                        each.getValue().stream()
                                .map(search -> Arguments.of(each.getKey(), search)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("searches")
    void everyFieldASearchNamesIsOnAnEvent(String of, ShippedSearch search) {
        assertThat(search.fields()).isNotEmpty();
        assertThat(Fields.KNOWN).as(of).containsAll(search.fields());
    }

    @Test
    void bothAnswerTheSameQuestions() throws IOException {
        assertThat(names(ShippedSearch.splunk()))
                .hasSize(8)
                .isEqualTo(names(ShippedSearch.loggly()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    errors by class over time   | first_byte idle quota refused server total unpriced_error
                    one call                    | good
                    slowest models              | first_byte good idle quota server total unpriced unpriced_error
                    spend by model and project  | good
                    rate limits                 | quota
                    time-outs                   | first_byte idle total
                    calls without a price       | unpriced unpriced_error
                    """)
    void eachFindsWhatItIsFor(String name, String found) throws IOException {
        assertThat(String.join(" ", found(name, ShippedSearch.splunk()))).isEqualTo(found);
        assertThat(String.join(" ", found(name, ShippedSearch.loggly()))).isEqualTo(found);
    }

    @Test
    void theErrorRateIsOfAllCalls() throws IOException {
        assertThat(found("error rate above 5 %", ShippedSearch.splunk())).isEqualTo(CALLS.keySet());
        JsonNode rate =
                Json.MAPPER
                        .readTree(Files.readString(ShippedSearch.LOGGLY))
                        .valueStream()
                        .filter(each -> each.has("among"))
                        .findFirst()
                        .orElseThrow();
        assertThat(rate.path("name").asString()).isEqualTo("error rate above 5 %");
        assertThat(found(rate.path("q").asString()))
                .isEqualTo(found("errors by class over time", ShippedSearch.loggly()));
        assertThat(found(rate.path("among").asString())).isEqualTo(CALLS.keySet());
    }

    @Test
    void aFieldThatNoEventHasIsNoticedWhereverItStands() {
        for (String search :
                List.of(
                        "eror_type=*",
                        "(status=429 OR NOT eror_type=*)",
                        "status=1 | stats count BY eror_type",
                        "status=1 | stats sum(eror_type) AS n | sort - n",
                        "status=1 | eval ms=eror_type/1000 | where ms>1")) {
            assertThat(ShippedSearch.splunk("", search).fields()).as(search).contains("eror_type");
        }
        assertThat(SearchTerms.fields("tag:weir AND NOT (json.eror_type:a OR json.id:\"b\")"))
                .containsExactly("json.eror_type", "json.id", "tag");
    }

    @Test
    void whatTwoLanguagesReadDifferentlyIsRefused() {
        assertThatThrownBy(() -> SearchTerms.fields("a:1 AND b:2 OR c:3"))
                .hasMessageContaining("without parentheses");
        assertThatThrownBy(() -> SearchTerms.fields("a:1 AND (b:2")).hasMessageContaining("open");
        assertThatThrownBy(() -> SearchTerms.fields("a:1) b:2")).hasMessageContaining("left");
        assertThatThrownBy(() -> SearchTerms.fields("timeout")).hasMessageContaining("no field");
    }

    @Test
    void theAppIsOneThatSplunkTakes() throws IOException {
        assertThat(ShippedSearch.stanzas(APP.resolve("app.conf")))
                .containsKeys("install", "ui", "launcher", "package");
        assertThat(ShippedSearch.stanzas(APP.resolve("app.conf")).get("package"))
                .containsEntry("id", APP.getName(APP.getNameCount() - 2).toString());
        assertThat(ShippedSearch.stanzas(APP.resolveSibling("metadata").resolve("default.meta")))
                .containsOnlyKeys("");
        assertThat(ShippedSearch.stanzas(APP.resolve("savedsearches.conf")).values())
                .allSatisfy(keys ->
                        assertThat(keys)
                                .containsKeys("description", "search", "dispatch.earliest_time"));
    }

    @Test
    void theSourcetypeAndTheTagAreThoseThatAreSent() throws IOException {
        assertThat(ShippedSearch.stanzas(APP.resolve("props.conf"))).containsOnlyKeys("weir:call");
        String exporters = Files.readString(Path.of("docs/exporters.md"));
        assertThat(exporters).contains("`sourcetype` (`weir:call`)");
        assertThat(
                        Integer.parseInt(
                                ShippedSearch.stanzas(APP.resolve("props.conf"))
                                        .getOrDefault("weir:call", Map.of())
                                        .getOrDefault("TRUNCATE", "10000")))
                .isEqualTo(1_000_000);
    }

    private static Set<String> names(List<ShippedSearch> searches) {
        return Set.copyOf(searches.stream().map(ShippedSearch::name).toList());
    }

    private static Set<String> found(String name, List<ShippedSearch> searches) {
        return found(
                ShippedSearch.named(name, searches)
                        .terms()
                        .replace("$id$", "ID")
                        .replace("\"ID\"", "\"" + id("good") + "\""));
    }

    private static Set<String> found(String terms) {
        Map<String, CallRecords> found = new TreeMap<>(CALLS);
        found.keySet().removeIf(name -> !SearchTerms.find(terms, field -> values(name, field)));
        return found.keySet();
    }

    private static String id(String name) {
        return event(name).path("id").asString();
    }

    private static JsonNode event(String name) {
        CallRecords call = CALLS.getOrDefault(name, CallRecords.at(NOON, 0));
        return Json.MAPPER.readTree(Fields.ALL.event(1, call.build()).json());
    }

    /** By the names of Splunk, and of Loggly. */
    private static List<String> values(String name, String field) {
        Map<String, String> added =
                Map.of("sourcetype", "weir:call", "index", "main", "tag", "weir");
        if (added.containsKey(field)) {
            return List.of(added.getOrDefault(field, ""));
        }
        JsonNode value = event(name).path(field.replaceFirst("^json\\.", ""));
        return value.isMissingNode() ? List.of() : List.of(value.asString());
    }

    private static Map<String, CallRecords> calls() {
        Map<String, CallRecords> calls = new TreeMap<>();
        List<CallRecords> made = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            made.add(CallRecords.at(NOON, i));
        }
        calls.put("good", made.get(0));
        calls.put("server", failed(made.get(1), "completed", 500, "server_error"));
        calls.put("quota", failed(made.get(2), "completed", 429, "insufficient_quota"));
        calls.put("refused", failed(made.get(3), "refused", 401, "invalid_api_key"));
        calls.put("first_byte", late(made.get(4), 504, UpstreamFailure.Timer.FIRST_BYTE));
        calls.put("idle", late(made.get(5), 200, UpstreamFailure.Timer.IDLE));
        calls.put("total", late(made.get(6), 200, UpstreamFailure.Timer.TOTAL));
        calls.put("unpriced", made.get(7).cost(new Cost.Unpriced("unknown_model")));
        calls.put(
                "unpriced_error",
                failed(made.get(8), "completed", 200, "error_in_stream")
                        .cost(new Cost.Unpriced("unknown_model")));
        return calls;
    }

    private static CallRecords late(CallRecords call, int status, UpstreamFailure.Timer timer) {
        return failed(call, "upstream_failed", status, timer.errorType());
    }

    private static CallRecords failed(CallRecords call, String outcome, int status, String type) {
        return call.outcome(outcome, status).error(type, null, null).cost(new Cost.Free());
    }
}
