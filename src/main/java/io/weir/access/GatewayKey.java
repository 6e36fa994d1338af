package io.weir.access;

import io.weir.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key that applications call with. Of the key itself there is only the hash.
 *
 * @param id by which it is known everywhere; it stays through rotations
 * @param name what people call it
 * @param project that it belongs to
 * @param owner whom to ask; may be empty
 * @param tags free labels, for reports and budgets
 * @param bounds of its calls, besides its project's
 * @param created when it was made
 * @param expires when it ends; null where it does not
 * @param disabled whether it may not call
 * @param hash of the key that counts
 * @param retiring the key before it, while that still counts; null otherwise
 * @param leaked that it was seen where no key belongs; null where it was not
 */
public record GatewayKey(
        String id,
        String name,
        String project,
        String owner,
        List<String> tags,
        Bounds bounds,
        Instant created,
        @Nullable Instant expires,
        boolean disabled,
        KeyHash hash,
        @Nullable Retiring retiring,
        @Nullable Sighting leaked) {
    /** All of them. */
    public static final Kind<GatewayKey> KIND = new Form();

    private static final int MOST_TAGS = 20;

    private static final byte[] PLAIN =
            ",\"leaked\":null,\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int PLAIN_END_CHARS = "\"}".length();

    /** A key whose successor is there. */
    public record Retiring(KeyHash hash, Instant until) {}

    public GatewayKey {
        tags = tags.stream().distinct().sorted().toList();
        if (name.isBlank()) {
            throw new IllegalArgumentException("a key has a name");
        }
        Texts.requireShort("the name", name);
        Texts.requireShort("the owner", owner);
        Project.requireName(project);
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException("a key has at most %d tags".formatted(MOST_TAGS));
        }
        tags.forEach(tag -> Texts.requireShort("a tag", tag));
    }

    /** The same with other descriptions and bounds. */
    public GatewayKey described(
            String otherName,
            String otherOwner,
            List<String> otherTags,
            Bounds otherBounds,
            @Nullable Instant otherExpiry) {
        return new GatewayKey(
                id,
                otherName,
                project,
                otherOwner,
                otherTags,
                otherBounds,
                created,
                otherExpiry,
                disabled,
                hash,
                retiring,
                leaked);
    }

    /** The same, able to call or not. */
    public GatewayKey disabled(boolean whether) {
        return new GatewayKey(
                id, name, project, owner, tags, bounds, created, expires, whether, hash, retiring,
                leaked);
    }

    /** The same with a new key, the one before counting until then. */
    public GatewayKey rotated(KeyHash next, Instant until) {
        return new GatewayKey(
                id,
                name,
                project,
                owner,
                tags,
                bounds,
                created,
                expires,
                disabled,
                next,
                new Retiring(hash, until),
                null);
    }

    /**
     * The same, seen where no key belongs.
     *
     * @param disables whether it may not call any more
     */
    GatewayKey leaked(Sighting seen, boolean disables) {
        return new GatewayKey(
                id,
                name,
                project,
                owner,
                tags,
                bounds,
                created,
                expires,
                disabled || disables,
                hash,
                retiring,
                seen);
    }

    private static final class Form implements Kind<GatewayKey> {
        @Override
        public String word() {
            return "key";
        }

        @Override
        public ObjectNode json(GatewayKey key) {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.put("id", key.id).put("name", key.name).put("project", key.project);
            json.put("owner", key.owner);
            Bounds.write(json.putArray("tags"), key.tags);
            key.bounds.write(json);
            json.put("created", key.created.toString());
            json.put("expires", text(key.expires)).put("disabled", key.disabled);
            json.set("leaked", key.leaked == null ? json.nullNode() : key.leaked.json());
            json.put("hash", key.hash.text());
            if (key.retiring != null) {
                json.putObject("retiring")
                        .put("hash", key.retiring.hash.text())
                        .put("until", key.retiring.until.toString());
            }
            return json;
        }

        @Override
        public GatewayKey of(JsonNode json) {
            JsonNode retiring = json.path("retiring");
            return new GatewayKey(
                    json.path("id").asString(),
                    json.path("name").asString(),
                    json.path("project").asString(),
                    json.path("owner").asString(""),
                    Bounds.texts(json.path("tags")),
                    Bounds.read(json),
                    Instant.parse(json.path("created").asString()),
                    time(json.path("expires")),
                    json.path("disabled").asBoolean(false),
                    KeyHash.parse(json.path("hash").asString()),
                    retiring.isObject()
                            ? new Retiring(
                                    KeyHash.parse(retiring.path("hash").asString()),
                                    Instant.parse(retiring.path("until").asString()))
                            : null,
                    Sighting.of(json.path("leaked")));
        }

        /** Of a key that was not seen where none belongs, and that has none before it. */
        @Override
        public @Nullable KeyHash plainHash(byte[] json, int from, int until) {
            // A quote within a text is written with a backslash, so that no name looks like this.
            int hash = until - PLAIN_END_CHARS - KeyHash.TEXT_CHARS;
            int plain = hash - PLAIN.length;
            return plain > from && Arrays.equals(json, plain, hash, PLAIN, 0, PLAIN.length)
                    ? KeyHash.parse(json, hash)
                    : null;
        }

        private static @Nullable String text(@Nullable Instant time) {
            return time == null ? null : time.toString();
        }

        private static @Nullable Instant time(JsonNode json) {
            return json.isString() ? Instant.parse(json.asString()) : null;
        }
    }
}
