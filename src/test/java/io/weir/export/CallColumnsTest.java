package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecordJson;
import io.weir.call.CallRecords;
import io.weir.store.ParquetFile;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Records through Parquet and back. */
class CallColumnsTest {
    private static final List<ParquetFile.Field> ALL =
            S3Settings.columns(new Fields(List.of(), Map.of(), true));

    @Test
    void everyFieldOfEveryRecordComesBackAsItWas() throws IOException {
        Random random = new Random(20261126);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Instant time = Instant.parse("2026-11-26T01:02:03.123456Z").plusMillis(i);
            records.add(CallRecordJson.write(CallRecords.any(random, time)));
        }
        List<JsonNode> rows = ParquetRows.of(ParquetFile.of(ALL, records));
        assertThat(rows).hasSize(500);
        for (int i = 0; i < 500; i++) {
            JsonNode record = Json.MAPPER.readTree(records.get(i));
            assertThat(plain(rows.get(i))).isEqualTo(plain(record));
        }
    }

    @Test
    void typesAreTheSameWhateverTheRecordsHave() throws IOException {
        byte[] nothing = "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> columns = ParquetRows.columns(ParquetFile.of(ALL, List.of(nothing)));
        assertThat(List.copyOf(columns.keySet())).isEqualTo(Fields.KNOWN);
        assertThat(columns)
                .containsEntry("id", "VARCHAR")
                .containsEntry("received_at", "TIMESTAMP")
                .containsEntry("stream", "BOOLEAN")
                .containsEntry("cost_nano_usd", "BIGINT")
                .containsEntry("tags", "VARCHAR[]");
        assertThat(columns.get("attempts")).startsWith("STRUCT(").endsWith(")[]");
    }

    @Test
    void whateverATextHoldsIsKept() throws IOException {
        String hostile = "ü\ud83d\ude00 \u0000\u007f\u2028 '\"\\ \\ud800 ]}";
        byte[] record = record("request_model", hostile);
        JsonNode row = ParquetRows.of(ParquetFile.of(ALL, List.of(record))).getFirst();
        assertThat(row.path("request_model").asString()).isEqualTo(hostile);
    }

    @Test
    void halfOfAPairIsReplacedForItIsNoText() throws IOException {
        byte[] record = record("request_model", "a\ud800b\udc00c\ud83d\ude00\ud83d");
        JsonNode row = ParquetRows.of(ParquetFile.of(ALL, List.of(record))).getFirst();
        assertThat(row.path("request_model").asString())
                .isEqualTo("a\ufffdb\ufffdc\ud83d\ude00\ufffd");
    }

    @Test
    void columnsAreThoseThatAreChosenByTheNamesTheyAreSentAs() throws IOException {
        List<ParquetFile.Field> fields =
                S3Settings.columns(
                        new Fields(
                                List.of("status", "request_model"),
                                Map.of("request_model", "gen_ai.\"request'.model"),
                                false));
        byte[] record = record("gen_ai.\"request'.model", "m");
        byte[] file = ParquetFile.of(fields, List.of(record));
        assertThat(ParquetRows.columns(file).keySet())
                .containsExactly("id", "gen_ai.\"request'.model", "status");
        assertThat(ParquetRows.of(file).getFirst().path("gen_ai.\"request'.model").asString())
                .isEqualTo("m");
    }

    private static byte[] record(String name, String value) {
        ObjectNode record = Json.MAPPER.createObjectNode().put("id", "a").put(name, value);
        return Json.MAPPER.writeValueAsBytes(record);
    }

    /** Without what is null, and times as text. */
    private static JsonNode plain(JsonNode node) {
        if (node.isObject()) {
            ObjectNode plain = Json.MAPPER.createObjectNode();
            node.properties().stream()
                    .filter(member -> !member.getValue().isNull())
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(member -> plain.set(member.getKey(), plain(member.getValue())));
            if (plain.has("received_at")) {
                String time = plain.path("received_at").asString().replace(' ', 'T');
                plain.put("received_at", time.replaceFirst("Z?$", "Z"));
            }
            return plain;
        }
        if (node.isArray()) {
            return Json.MAPPER
                    .createArrayNode()
                    .addAll(node.valueStream().map(CallColumnsTest::plain).toList());
        }
        return node.isIntegralNumber()
                ? Json.MAPPER.getNodeFactory().numberNode(node.asLong())
                : node;
    }
}
