package io.weir.access;

import io.weir.wire.Json;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provider's key that is kept here, sealed by the {@link Vault}.
 *
 * @param name what people call it
 * @param sealed its text, that only the vault can read
 * @param hint its last characters, by which people tell keys apart
 * @param created when it was stored, or was last replaced
 * @param disabled whether calls go out without it
 */
public record StoredKey(
        String name, String sealed, String hint, Instant created, boolean disabled) {
    /** All of them. */
    public static final Kind<StoredKey> KIND = new Form();

    public StoredKey {
        Texts.requireName("a stored key's", name);
    }

    /** The same, in use or not. */
    public StoredKey disabled(boolean whether) {
        return new StoredKey(name, sealed, hint, created, whether);
    }

    private static final class Form implements Kind<StoredKey> {
        @Override
        public String word() {
            return "upstream-key";
        }

        @Override
        public ObjectNode json(StoredKey key) {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.put("name", key.name).put("sealed", key.sealed).put("hint", key.hint);
            return json.put("created", key.created.toString()).put("disabled", key.disabled);
        }

        @Override
        public StoredKey of(JsonNode json) {
            return new StoredKey(
                    json.path("name").asString(),
                    json.path("sealed").asString(),
                    json.path("hint").asString(),
                    Instant.parse(json.path("created").asString()),
                    json.path("disabled").asBoolean(false));
        }
    }
}
