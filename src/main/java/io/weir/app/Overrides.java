package io.weir.app;

import io.weir.config.ConfigException;
import io.weir.prices.PriceBook;
import io.weir.prices.PriceEntry;
import io.weir.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Price entries from the configuration, in the price book's own form. */
final class Overrides {
    private Overrides() {}

    static List<PriceEntry> entries(List<JsonNode> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        String book =
                Json.MAPPER
                        .createObjectNode()
                        .set("entries", Json.MAPPER.valueToTree(items))
                        .toString();
        try {
            return PriceBook.parse(book.getBytes(StandardCharsets.UTF_8)).entries();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("prices: " + e.getMessage());
        }
    }
}
