package io.weir.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SchemaSampleTest {
    private static final List<String> SCHEMAS =
            List.of(
                    "{\"type\":\"string\",\"minLength\":12,\"maxLength\":15}",
                    "{\"type\":\"string\",\"maxLength\":2}",
                    "{\"type\":\"integer\",\"minimum\":5,\"maximum\":7}",
                    "{\"type\":\"integer\",\"exclusiveMinimum\":5,\"exclusiveMaximum\":7}",
                    "{\"type\":\"integer\",\"minimum\":-20,\"maximum\":-10,\"multipleOf\":5}",
                    "{\"type\":\"integer\",\"maximum\":-1000}",
                    "{\"type\":\"number\",\"minimum\":0.5,\"maximum\":0.6}",
                    "{\"type\":\"number\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":0.001}",
                    "{\"type\":\"number\",\"multipleOf\":0.25,\"minimum\":1}",
                    "{\"type\":[\"string\",\"null\"]}",
                    "{\"enum\":[\"a\",2,null]}",
                    "{\"const\":{\"x\":[1]}}",
                    "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":3,\"maxItems\":4}",
                    "{\"type\":\"array\",\"items\":{\"enum\":[1,2,3,4,5,6]},\"uniqueItems\":true}",
                    "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}",
                    "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":"
                            + "\"object\",\"properties\":{\"c\":{\"type\":\"number\"}},\"required\":"
                            + "[\"c\"],\"additionalProperties\":false}},\"required\":[\"a\",\"b\"],"
                            + "\"additionalProperties\":false}",
                    "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}",
                    "{\"type\":\"object\",\"required\":[\"x\",\"y\"]}",
                    "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\",\"minimum\":3}]}",
                    "{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"k\":{\"const\":\"a\"}},"
                            + "\"required\":[\"k\"]},{\"type\":\"null\"}]}",
                    "{\"allOf\":[{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},"
                            + "\"required\":[\"a\"]},{\"properties\":{\"b\":{\"type\":\"integer\"}},"
                            + "\"required\":[\"b\"]}]}",
                    "{\"type\":\"object\",\"properties\":{\"p\":{\"$ref\":\"#/$defs/point\"}},"
                            + "\"required\":[\"p\"],\"$defs\":{\"point\":{\"type\":\"object\","
                            + "\"properties\":{\"x\":{\"type\":\"integer\"}},\"required\":[\"x\"],"
                            + "\"additionalProperties\":false}}}",
                    "{\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"integer\"},\"next\":{"
                            + "\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]}},\"required\":"
                            + "[\"value\",\"next\"],\"additionalProperties\":false}",
                    "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"children\":{"
                            + "\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}},\"required\":[\"name\","
                            + "\"children\"],\"additionalProperties\":false}",
                    "{\"type\":\"string\",\"pattern\":\"^[A-Z]{2}-\\\\d{3,5}(?:x|yz)?$\"}",
                    "{\"type\":\"string\",\"pattern\":\"^(\\\\w+)@[a-z]+\\\\.(com|org)$\"}",
                    "{\"type\":\"string\",\"pattern\":\"^#[0-9a-fA-F]{6}$\"}",
                    "{\"type\":\"string\",\"pattern\":\"^[^0-9]+$\"}");

    @Test
    void fitsItsSchema() {
        for (String text : SCHEMAS) {
            JsonNode schema = Json.MAPPER.readTree(text);
            for (int seed = 0; seed < 200; seed++) {
                String question = seed % 2 == 0 ? "In Rome, 6 of 3.5 and 12" : "";
                JsonNode value = sample(schema, seed, question);
                assertThat(new SchemaFit(schema).misfit(schema, value))
                        .as("%s for %s", value, text)
                        .isEmpty();
            }
        }
    }

    @Test
    void anIntegerWithoutBoundsFitsAnInt() {
        JsonNode schema = Json.MAPPER.readTree("{\"type\":\"integer\"}");
        for (int seed = 0; seed < 200; seed++) {
            assertThat(sample(schema, seed, "Which book?").longValue()).isBetween(1L, 101L);
        }
    }

    @Test
    void makesFormatsThatParse() {
        JsonNode time = Json.MAPPER.readTree("{\"type\":\"string\",\"format\":\"date-time\"}");
        JsonNode date = Json.MAPPER.readTree("{\"type\":\"string\",\"format\":\"date\"}");
        JsonNode id = Json.MAPPER.readTree("{\"type\":\"string\",\"format\":\"uuid\"}");
        for (int seed = 0; seed < 100; seed++) {
            Instant.parse(sample(time, seed, "").asString());
            LocalDate.parse(sample(date, seed, "").asString());
            UUID.fromString(sample(id, seed, "").asString());
        }
    }

    @Test
    void takesValuesFromTheQuestion() {
        JsonNode schema =
                Json.MAPPER.readTree(
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},"
                                + "\"b\":{\"type\":\"number\"},\"city\":{\"type\":\"string\"}}}");
        assertThat(sample(schema, 1, "Take 3 and 4.5 of the finest in New York now").toString())
                .isEqualTo("{\"a\":3,\"b\":4.5,\"city\":\"New York\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "true",
                "7",
                "{\"type\":\"object\",\"required\":[\"x\"],\"properties\":{\"x\":{\"$ref\":\"#\"}}}",
                "{\"$ref\":\"#\"}",
                "{\"$ref\":\"#/nowhere\"}",
                "{\"anyOf\":[{\"$ref\":\"#\"}]}",
                "{\"allOf\":[{\"$ref\":\"#\"}]}",
                "{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}",
                "{\"type\":\"array\",\"minItems\":200,\"items\":{\"$ref\":\"#\"}}",
                "{\"type\":\"array\",\"minItems\":1e99,\"items\":{}}",
                "{\"type\":\"integer\",\"minimum\":9,\"maximum\":1}",
                "{\"type\":\"integer\",\"multipleOf\":0}",
                "{\"type\":\"number\",\"multipleOf\":-1}",
                "{\"type\":\"number\",\"minimum\":1e308,\"maximum\":-1e308}",
                "{\"type\":\"string\",\"pattern\":\"((((a{9999}){9999}){9999}){9999})\"}",
                "{\"type\":\"string\",\"pattern\":\"((((){9999}){9999}){9999})\"}",
                "{\"type\":\"string\",\"pattern\":\"(?=x)[\"}",
                "{\"type\":\"string\",\"pattern\":\"[^\\u0000-\\uffff]\"}",
                "{\"type\":\"string\",\"minLength\":-5,\"maxLength\":-9}",
                "{\"type\":\"nonsense\"}",
                "{\"type\":[]}",
                "{\"enum\":[],\"required\":7,\"properties\":[]}"
            })
    void survivesAnySchema(String schema) {
        assertThat(sample(Json.MAPPER.readTree(schema), 1, "")).isNotNull();
    }

    private static JsonNode sample(JsonNode schema, long seed, String question) {
        return new SchemaSample(schema, new SplittableRandom(seed), Hints.in(question)).value();
    }
}
