package io.weir.cli;

import io.weir.call.Cost;
import io.weir.replay.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds out what a call cost: from Weir's ledger when it went through Weir and the admin key is at
 * hand, else from the answer's usage and the shipped prices.
 */
final class CostLookup {
    /** The store runs a moment behind the answer. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long PAUSE_NANOS = Duration.ofMillis(40).toNanos();

    private final Optional<Server> ledger;
    private final Prices prices;
    private final InstantSource clock;
    private final Ticker ticker;

    /**
     * @param ledger the admin API; empty when there is no admin key
     */
    CostLookup(Optional<Server> ledger, Prices prices, InstantSource clock, Ticker ticker) {
        this.ledger = ledger;
        this.prices = prices;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** The call's tokens and cost. */
    CallCost of(ChatAnswer answer) {
        return recorded(answer).orElseGet(() -> computed(answer));
    }

    private Optional<CallCost> recorded(ChatAnswer answer) {
        if (ledger.isEmpty() || answer.callId().isEmpty()) {
            return Optional.empty();
        }
        String resource = "/calls/" + answer.callId().get();
        try {
            long end = ticker.nanos() + PATIENCE_NANOS;
            while (ticker.nanos() < end) {
                Optional<JsonNode> call = ledger.get().adminJsonIfThere(resource);
                if (call.isPresent()) {
                    return call.map(CostLookup::read);
                }
                ticker.waitUntil(ticker.nanos() + PAUSE_NANOS);
            }
        } catch (CommandFailure e) {
            // The answer is there: a ledger that cannot be asked must not spoil it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private static CallCost read(JsonNode call) {
        JsonNode amount = call.path("cost_nano_usd");
        String state = call.path("cost_state").asString("unpriced");
        Cost cost =
                state.equals("free")
                        ? new Cost.Free()
                        : amount.canConvertToLong()
                                ? new Cost.Priced(
                                        amount.longValue(), call.path("price_id").asString(""))
                                : new Cost.Unpriced(
                                        call.path("unpriced_reason").asString("not priced"));
        return new CallCost(
                call.path("total_input_tokens").asLong(0),
                call.path("total_output_tokens").asLong(0),
                call.path("usage_confidence").asString("none"),
                cost);
    }

    private CallCost computed(ChatAnswer answer) {
        return answer.usage()
                .map(usage ->
                        CallCost.of(
                                usage,
                                prices.price(
                                        answer.model(),
                                        answer.serviceTier(),
                                        usage,
                                        clock.instant())))
                .orElse(CallCost.UNKNOWN);
    }
}
