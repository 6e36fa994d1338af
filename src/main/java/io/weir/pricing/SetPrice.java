package io.weir.pricing;

import io.weir.access.Kind;
import io.weir.prices.PriceEntry;
import io.weir.prices.PriceJson;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Prices that were set by command, as they are looked after. */
public final class SetPrice {
    /** One of them, known by its model and the day from which it counts. */
    public static final Kind<PriceEntry> KIND =
            new Kind<>() {
                @Override
                public String word() {
                    return "price";
                }

                @Override
                public ObjectNode json(PriceEntry entry) {
                    return PriceJson.json(entry);
                }

                @Override
                public PriceEntry of(JsonNode json) {
                    return PriceJson.entry(json);
                }
            };

    private SetPrice() {}

    /** By what it is known: {@code gpt-4o}, or {@code gpt-4o@2026-12-01}. */
    static String id(String model, @Nullable LocalDate from) {
        return from == null ? model : model + "@" + from;
    }
}
