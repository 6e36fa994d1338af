package io.weir.cli;

import io.weir.call.Cost;
import io.weir.prices.PriceBook;
import io.weir.wire.Usage;
import java.time.Instant;
import java.util.Optional;

/** Where prices come from when no ledger knows a call's cost. */
@FunctionalInterface
interface Prices {
    /** What a call costs. */
    Cost price(String model, Optional<String> serviceTier, Usage usage, Instant at);

    /** The prices this build knows. */
    static Prices shipped() {
        PriceBook book = PriceBook.shipped();
        return (model, serviceTier, usage, at) ->
                book.price(model, serviceTier.orElse(null), false, usage, at);
    }
}
