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
import org.jspecify.annotations.Nullable;

/** What a draft will cost, as far as that can be known before. */
final class Estimate {
    private static final long WITHOUT_BOUND = 1_000;

    private final TokenCount tokens;
    private final PriceBook prices;

    Estimate(TokenCount tokens, PriceBook prices) {
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
        RequestView view = RequestView.of(body, Endpoint.Dialect.CHAT);
        long in = tokens.countPrompt(model, view.promptText());
        @Nullable Long bound = draft.mostTokens();
        long out = draft.answers() * (bound == null ? WITHOUT_BOUND : bound);
        String begin =
                "about " + Figures.count(in).text() + " tokens in (" + cost(model, in, 0, at) + ")";
        return bound == null
                ? begin
                        + "; nothing bounds the answer, each 1,000 tokens of it cost "
                        + cost(model, 0, WITHOUT_BOUND, at)
                : begin
                        + ", at most "
                        + Figures.count(out).text()
                        + " out: at most "
                        + cost(model, in, out, at)
                        + " in all";
    }

    private String cost(String model, long in, long out, Instant at) {
        Cost cost = prices.price(model, null, false, Usage.ofText(in, out), at);
        return switch (cost) {
            case Cost.Priced priced -> Figures.money(priced.nanoUsd()).text();
            case Cost.Unpriced unpriced -> "no price is known";
            case Cost.Free free -> "free";
        };
    }
}
