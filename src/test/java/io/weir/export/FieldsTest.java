package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FieldsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final CallRecord CALL =
            CallRecords.at(NOON, 1)
                    .model("gpt-5", "gpt-5-2026-01-01")
                    .content("a secret question", "a secret answer")
                    .build();

    @Test
    void knowsEveryNameThatARecordHas() {
        Set<String> seen = new TreeSet<>();
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            JsonNode event = json(new Fields(List.of(), Map.of(), true), any(random));
            event.properties().forEach(each -> seen.add(each.getKey()));
        }
        assertThat(Fields.KNOWN).doesNotHaveDuplicates();
        assertThat(seen).isEqualTo(new TreeSet<>(Fields.KNOWN));
    }

    @Test
    void contentLeavesOnlyWhereThatIsAllowed() {
        String without = new String(Fields.ALL.event(1, CALL).json(), StandardCharsets.UTF_8);
        assertThat(without).doesNotContain("secret").contains("gpt-5-2026-01-01");
        String chosen =
                new String(
                        new Fields(List.of("content"), Map.of(), false).event(1, CALL).json(),
                        StandardCharsets.UTF_8);
        assertThat(chosen).doesNotContain("secret");
        String with =
                new String(
                        new Fields(List.of(), Map.of(), true).event(1, CALL).json(),
                        StandardCharsets.UTF_8);
        assertThat(with).contains("a secret question", "a secret answer");
    }

    @Test
    void sendsWhatIsChosenUnderOtherNamesAndAlwaysTheId() {
        Fields fields =
                new Fields(
                        List.of("request_model", "status"),
                        Map.of("request_model", "model", "id", "call.id"),
                        false);
        assertThat(json(fields, CALL).toString())
                .isEqualTo(
                        "{\"call.id\":\"%s\",\"model\":\"gpt-5\",\"status\":200}"
                                .formatted(CALL.id()));
    }

    @Test
    void whatTheDocumentShowsCanBeConfigured() throws IOException {
        String page = Files.readString(Path.of("docs/exporters.md"));
        Map<String, String> environment = new HashMap<>();
        Pattern.compile("env:(\\w+)")
                .matcher(page)
                .results()
                .forEach(each -> environment.put(each.group(1), "secret"));
        List<String> kinds = new ArrayList<>();
        Pattern.compile("```yaml\n(exporters:.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .flatMap(each ->
                        Settings.parse(each.group(1), "docs").list("exporters", "").stream())
                .map(item -> ExporterPlan.read(item, environment, Path.of("data")))
                .forEach(plan -> kinds.add(plan.settings().kind()));
        assertThat(kinds).contains("jsonl", "loggly", "otlp", "splunk", "webhook");
    }

    @Test
    void aConfigurationThatWillNotDoSaysWhy() {
        refused("{}", "each has a name");
        refused("{name: a}", "exporters.a: kind: '' is not one of jsonl");
        refused("{name: a, kind: jsonl}", "path is missing");
        refused("{name: a, kind: jsonl, path: x, pth: y}", "unknown key 'pth'");
        refused("{name: a, kind: jsonl, path: x, fields: [modle]}", "there is no field 'modle'");
        refused("{name: a, kind: jsonl, path: x, rename: {modle: m}}", "there is no field 'modle'");
        refused("{name: a, kind: splunk, token: 'env:X'}", "url is missing");
        refused(
                "{name: a, kind: splunk, url: 'https://x.example', token: abc}",
                "give a reference");
        refused("{name: a, kind: loggly}", "exporters.a.token");
        refused(
                "{name: a, kind: webhook, url: 'http://x.example', secret: 'env:X'}",
                "X is not set");
        refused("{name: a, kind: otlp}", "url is missing");
        refused(otlp("protocol: soap"), "protocol: 'soap'");
        refused(otlp("signals: [spans]"), "traces, logs, metrics");
        refused(otlp("signals: []"), "signals is empty");
        refused(otlp("headers: {grpc-timeout: 1}"), "'grpc-timeout' is no name to give");
        refused(otlp("headers: {authorization: 'Bearer env:X'}"), "X is not set");
        refused(
                "{name: a, kind: otlp, url: 'https://x.example/v1', protocol: grpc}",
                "without a path");
        refused("{name: a, kind: jsonl, path: x, batch: {age: soon}}", "batch.age: 'soon'");
    }

    private static String otlp(String more) {
        return "{name: a, kind: otlp, url: 'https://x.example', %s}".formatted(more);
    }

    private static void refused(String yaml, String why) {
        JsonNode item =
                Settings.parse("exporters: [" + yaml + "]", "weir.yaml")
                        .list("exporters", "")
                        .getFirst();
        assertThatThrownBy(() -> ExporterPlan.read(item, Map.of(), Path.of("data")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why);
    }

    private static CallRecord any(Random random) {
        return CallRecords.any(random, NOON);
    }

    private static JsonNode json(Fields fields, CallRecord call) {
        return Json.MAPPER.readTree(fields.event(1, call).json());
    }
}
