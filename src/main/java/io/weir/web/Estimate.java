package io.weir.web;

import io.weir.call.Cost;
import io.weir.meter.TokenCount;
import io.weir.prices.PriceBook;
import io.weir.wire.Endpoint;
import io.weir.wire.RequestView;
import io.weir.wire.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a draft will cost, as far as that can be known before. */
final class Estimate {
    private static final long WITHOUT_BOUND = 1_000;
    private static final String UNKNOWN = "; no price of it is known";

    private final TokenCount tokens;
    private final Supplier<PriceBook> prices;

    Estimate(TokenCount tokens, Supplier<PriceBook> prices) {
        this.tokens = tokens;
        this.prices = prices;
    }

    /**
     * A sentence for each model.
     *
     * @throws IllegalArgumentException where the draft cannot be sent
     */
    List<String> of(Draft draft, Instant at) {
        List<String> sentences = new ArrayList<>();
        for (String model : draft.modelNames()) {
            sentences.add(model + ": " + sentence(draft, model, at));
        }
        return sentences;
    }

    private String sentence(Draft draft, String model, Instant at) {
        byte[] body = draft.json(model).getBytes(StandardCharsets.UTF_8);
        long in =
                tokens.countPrompt(model, RequestView.of(body, Endpoint.Dialect.CHAT).promptText());
        String begin = "about " + Figures.count(in).text() + " tokens in";
        @Nullable Long bound = draft.mostTokens();
        if (bound == null) {
            return begin
                    + cost(model, in, 0, at).map(cost -> ", " + cost).orElse("")
                    + "; nothing bounds the answer"
                    + cost(model, 0, WITHOUT_BOUND, at)
                            .map(cost -> ", each 1,000 tokens of it cost " + cost)
                            .orElse(UNKNOWN);
        }
        long out = draft.answers() * bound;
        return begin
                + ", at most "
                + Figures.count(out).text()
                + " out"
                + cost(model, in, out, at).map(cost -> ": at most " + cost).orElse(UNKNOWN);
    }

    private Optional<String> cost(String model, long in, long out, Instant at) {
        Cost cost = prices.get().price(model, null, false, Usage.ofText(in, out), at);
        return switch (cost) {
            case Cost.Priced priced -> Optional.of(Figures.money(priced.nanoUsd()).text());
            case Cost.Unpriced unpriced -> Optional.empty();
            case Cost.Free free -> Optional.of("nothing");
        };
    }
}
