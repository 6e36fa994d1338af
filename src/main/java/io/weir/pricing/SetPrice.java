package io.weir.pricing;

import io.weir.access.Kind;
import io.weir.prices.PriceEntry;
import io.weir.prices.PriceJson;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Prices that were set by command, as they are looked after. */
public final class SetPrice {
    /** One of them, known by its model and the day from which it counts. */
    public static final Kind<PriceEntry> KIND = Kind.of("price", PriceJson::json, PriceJson::entry);

    private SetPrice() {}

    /** By what it is known: {@code gpt-4o}, or {@code gpt-4o@2026-12-01}. */
    static String id(String model, @Nullable LocalDate from) {
        return from == null ? model : model + "@" + from;
    }
}
