package io.weir.prices;

import io.weir.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Derives the shipped price book, its page, and the extracts that the tests compare it with.
 * Arguments: the tables of litellm, genai-prices and Portkey. Run it in the project's directory.
 */
public final class DerivePriceBook {
    static final Path BOOK = Path.of("src/main/resources/io/weir/prices/openai.json");
    static final Path PAGE = Path.of("docs/prices.md");
    private static final Path EXTRACTS = Path.of("src/test/resources/io/weir/prices");
    private static final Set<String> UNUSED_BY_PORTKEY =
            Set.of("additional_units", "calculate", "image", "finetune_config", "currency");

    private DerivePriceBook() {}

    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(EXTRACTS);
        write(EXTRACTS.resolve("litellm.json"), litellm(read(Path.of(arguments[0]))));
        write(EXTRACTS.resolve("genai-prices.json"), genaiPrices(read(Path.of(arguments[1]))));
        write(EXTRACTS.resolve("portkey.json"), portkey(read(Path.of(arguments[2]))));
        Derivation derivation = new Derivation(extracts());
        Files.createDirectories(BOOK.toAbsolutePath().getParent());
        Files.createDirectories(PAGE.toAbsolutePath().getParent());
        Files.writeString(BOOK, PriceBookText.json(derivation));
        Files.writeString(PAGE, page(derivation));
    }

    /** The three tables, as far as the tests keep them. */
    static List<PriceTable> extracts() {
        return List.of(
                new LitellmTable(extract("litellm.json")),
                new GenaiPricesTable(extract("genai-prices.json")),
                new PortkeyTable(extract("portkey.json")));
    }

    /** The page that belongs to the book. */
    static String page(Derivation derivation) throws IOException {
        return PricePage.markdown(derivation, Files.readString(EXTRACTS.resolve("page.md")));
    }

    private static JsonNode extract(String name) {
        try (InputStream in = Files.newInputStream(EXTRACTS.resolve(name))) {
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return parse(Files.readAllBytes(file));
    }

    private static JsonNode parse(byte[] json) {
        return Json.MAPPER
                .reader()
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(json);
    }

    private static ObjectNode litellm(JsonNode table) {
        ObjectNode kept = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> model : table.properties()) {
            if (LitellmTable.isOpenAi(model.getKey(), model.getValue())) {
                ObjectNode fields = kept.putObject(model.getKey());
                for (Map.Entry<String, JsonNode> field : model.getValue().properties()) {
                    if (field.getKey().matches("litellm_provider|mode|deprecation_date|.*_cost.*")
                            && !field.getValue().isObject()) {
                        fields.set(field.getKey(), field.getValue());
                    }
                }
            }
        }
        return kept;
    }

    private static ArrayNode genaiPrices(JsonNode table) {
        ArrayNode kept = Json.MAPPER.createArrayNode();
        for (JsonNode provider : table) {
            if (provider.path("id").asString("").equals("openai")) {
                ObjectNode fields = kept.addObject().put("id", "openai");
                ArrayNode models = fields.putArray("models");
                for (JsonNode model : provider.get("models")) {
                    models.add(
                            ((ObjectNode) model).retain("id", "match", "price_comments", "prices"));
                }
            }
        }
        return kept;
    }

    private static ObjectNode portkey(JsonNode table) {
        ObjectNode kept = (ObjectNode) table;
        kept.remove("default");
        strip(kept);
        return kept;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(UNUSED_BY_PORTKEY);
            if (object.get("regions") instanceof ObjectNode regions) {
                regions.retain("default");
            }
        }
        node.forEach(DerivePriceBook::strip);
    }

    /** One model a line, so that the next extract can be compared with this one. */
    private static void write(Path file, JsonNode node) throws IOException {
        List<String> lines = new ArrayList<>();
        if (node instanceof ObjectNode models) {
            models.properties()
                    .forEach(model ->
                            lines.add(
                                    Json.MAPPER.writeValueAsString(model.getKey())
                                            + ":"
                                            + model.getValue()));
            Files.writeString(file, "{\n" + String.join(",\n", lines) + "\n}\n");
            return;
        }
        node.get(0).get("models").forEach(model -> lines.add(model.toString()));
        Files.writeString(
                file, "[{\"id\":\"openai\",\"models\":[\n" + String.join(",\n", lines) + "\n]}]\n");
    }
}
