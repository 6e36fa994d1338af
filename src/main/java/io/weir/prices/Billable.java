package io.weir.prices;

import io.weir.call.CallRecord;
import io.weir.wire.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the price of a call depends on. A call is priced by it when it ends, and again by its record
 * where it had no price then: both find the same amount in the same book.
 *
 * @param asked the model that was asked for; null where none was
 * @param answered the model that answered; null where the answer names none
 * @param serviceTier the tier that answered, or the one asked for where the answer names none
 * @param batch whether the call is part of a batch
 * @param at when it was made: the prices of that day count
 */
public record Billable(
        @Nullable String asked,
        @Nullable String answered,
        @Nullable String serviceTier,
        boolean batch,
        Usage usage,
        Instant at) {
    private static final String NO_MODEL = "unknown";

    /** Of a call that has ended. */
    public static Billable of(CallRecord call) {
        String answeredTier = call.answer().serviceTier();
        return new Billable(
                call.request().model(),
                call.answer().responseModel(),
                answeredTier == null ? call.request().serviceTier() : answeredTier,
                false,
                call.usage(),
                call.receivedAt());
    }

    /**
     * The model whose price counts in that book. Some upstreams name the answering model in words
     * of their own: then the asked one's does.
     */
    public String model(PriceBook book) {
        if (asked == null) {
            return answered == null ? NO_MODEL : answered;
        }
        if (answered == null || answered.equals(asked)) {
            return asked;
        }
        return book.entry(answered, at).isPresent() ? answered : asked;
    }
}
