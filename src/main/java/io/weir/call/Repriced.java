package io.weir.call;

import io.weir.wire.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A further version of what a call costs, found after it had ended. The version before is kept.
 *
 * @param call the call's id
 * @param receivedAt when it was received
 * @param version 2 for the first after the one of the call's end
 * @param cost never {@link Cost.Unpriced}
 * @param at when it was found
 * @param by who asked for it
 */
public record Repriced(
        UUID call, Instant receivedAt, int version, Cost cost, Instant at, String by) {
    /** The version of a call's end. */
    public static final int FIRST_VERSION = 1;

    public Repriced {
        if (version <= FIRST_VERSION || cost instanceof Cost.Unpriced) {
            throw new IllegalArgumentException(
                    "no further version of a cost: version %d, %s".formatted(version, cost));
        }
    }

    /** As an entry of the journal holds it. */
    public byte[] json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("call", call.toString()).put("received_at", receivedAt.toString());
        json.put("version", version).put("cost_state", cost.state());
        json.put("cost_nano_usd", cost.nanoUsdOrNull());
        json.put("price_id", cost instanceof Cost.Priced priced ? priced.priceId() : null);
        json.put("at", at.toString()).put("by", by);
        return Json.MAPPER.writeValueAsBytes(json);
    }

    /**
     * From an entry of the journal.
     *
     * @throws IllegalArgumentException where it is no such entry
     */
    public static Repriced of(byte[] entry) {
        try {
            JsonNode json = Json.MAPPER.readTree(entry);
            @Nullable String priceId = json.path("price_id").asString(null);
            long nanoUsd = json.path("cost_nano_usd").asLong(0);
            return new Repriced(
                    UUID.fromString(json.path("call").asString("")),
                    Instant.parse(json.path("received_at").asString("")),
                    json.path("version").asInt(0),
                    priceId == null ? new Cost.Free() : new Cost.Priced(nanoUsd, priceId),
                    Instant.parse(json.path("at").asString("")),
                    json.path("by").asString(""));
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("no further version of a cost", e);
        }
    }
}
