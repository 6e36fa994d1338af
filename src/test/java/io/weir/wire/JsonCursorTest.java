package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonCursorTest {
    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final KnownNames NAMES = KnownNames.of("a", "model", "usage", "日本");

    @Test
    void acceptsExactlyWhatJacksonAccepts() {
        RandomJson json = new RandomJson(new Random(1), List.of("a", "model", "x"));
        int valid = 0;
        for (int i = 0; i < 40_000; i++) {
            byte[] bytes = (json.space() + json.value(4) + json.space()).getBytes(UTF_8);
            byte[] text = i % 2 == 0 ? bytes : json.spoilt(bytes);
            if (Utf8.valid(text)) {
                boolean accepted = jacksonAccepts(text);
                assertThat(accepts(text)).as(new String(text, UTF_8)).isEqualTo(accepted);
                valid += accepted ? 1 : 0;
            }
        }
        assertThat(valid).isBetween(20_000, 35_000);
    }

    @Test
    void findsWhatJacksonFinds() {
        RandomJson json = new RandomJson(new Random(2), List.of("a", "model", "usage"));
        for (int i = 0; i < 10_000; i++) {
            byte[] text = json.object(3).getBytes(UTF_8);
            ObjectNode wanted = JsonNodeFactory.instance.objectNode();
            JsonNode tree = Json.MAPPER.readTree(text);
            List.of("a", "model", "usage", "日本")
                    .forEach(name -> wanted.put(name, tree.path(name).stringValue(null)));
            assertThat(strings(text)).as(new String(text, UTF_8)).isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "nul",
                "nulll",
                "\"",
                "\"\\",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\n\"",
                "{} {}",
                "]",
                "{\"a\":1]",
                "[1}",
                "'a'",
                "NaN",
                "\"\\u004\u0660\""
            })
    void refusesWhatIsNoJson(String text) {
        assertThat(accepts(text.getBytes(UTF_8))).isFalse();
    }

    @Test
    void undoesEscapes() {
        assertThat(string("\"\\ud83c\\udf0d \\u00e9\\n\\/\\\"\\\\\"")).isEqualTo("🌍 é\n/\"\\");
        assertThat(string("\"é\\t日本\"")).isEqualTo("é\t日本");
    }

    @Test
    void refusesNestingBeyondTheBound() {
        assertThat(accepts(nested(Json.MAX_DEPTH))).isTrue();
        assertThat(accepts(nested(Json.MAX_DEPTH + 1))).isFalse();
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> read("{\"a\":1 \"b\":2}"))
                .isInstanceOf(MalformedJson.class)
                .hasMessage("lacks a ',' at byte 7");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "42, 42",
        "5.0, 5",
        "1e3, 1000",
        "5.5, -1",
        "-5, -1",
        "-0, -1",
        "true, -1",
        "null, -1",
        "'\"5\"', -1",
        "123456789012345678, 123456789012345678",
        "1e400, -1",
        "[5], -1",
        "99999999999999999999, -1",
        "1e14, 100000000000000"
    })
    void readsCounts(String json, long count) {
        byte[] bytes = json.getBytes(UTF_8);
        JsonCursor in = new JsonCursor(bytes, 0, bytes.length, NAMES);
        assertThat(in.count()).isEqualTo(count);
        in.finish();
    }

    @Test
    void readsWithinItsRangeOnly() {
        byte[] bytes = "xx{\"a\":\"é\"}yy".getBytes(UTF_8);
        JsonCursor in = new JsonCursor(bytes, 2, bytes.length - 2, NAMES);
        in.enterObject();
        assertThat(in.nextName()).isEqualTo("a");
        assertThat(in.string()).isEqualTo("é");
        assertThat(in.nextName()).isNull();
        in.finish();
    }

    static boolean accepts(byte[] text) {
        try {
            JsonCursor in = new JsonCursor(text, 0, text.length, NAMES);
            in.skip();
            in.finish();
            return true;
        } catch (MalformedJson malformed) {
            return false;
        }
    }

    static boolean jacksonAccepts(byte[] text) {
        try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException malformed) {
            return false;
        }
    }

    private static @Nullable String string(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new JsonCursor(bytes, 0, bytes.length, NAMES).string();
    }

    private static void read(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        JsonCursor in = new JsonCursor(bytes, 0, bytes.length, NAMES);
        in.skip();
        in.finish();
    }

    private static ObjectNode strings(byte[] text) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        List.of("a", "model", "usage", "日本").forEach(found::putNull);
        JsonCursor in = new JsonCursor(text, 0, text.length, NAMES);
        in.enterObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (name.isEmpty()) {
                in.skip();
            } else {
                found.put(name, in.string());
            }
        }
        in.finish();
        return found;
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
    }
}
