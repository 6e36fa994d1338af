package io.weir.meter;

import io.weir.call.Body;
import io.weir.call.CacheUse;
import io.weir.call.Call;
import io.weir.call.CallTrace;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Outcome;
import io.weir.prices.Billable;
import io.weir.prices.PriceBook;
import io.weir.wire.AnswerFacts;
import io.weir.wire.Endpoint;
import io.weir.wire.RequestView;
import io.weir.wire.Usage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides what a call used and what that costs, and says where the numbers come from. */
public final class UsageMeter {
    /** The usual length of a token in English; only for calls whose end was never seen. */
    private static final int CHARS_PER_TOKEN = 4;

    private static final String NO_MODEL = "unknown";

    private final TokenCount tokens;
    private final Supplier<PriceBook> prices;

    /** Counts with {@code tokens} what no provider counted, and prices with {@code prices}. */
    public UsageMeter(TokenCount tokens, Supplier<PriceBook> prices) {
        this.tokens = tokens;
        this.prices = prices;
    }

    /** What was used, where that comes from, and its price. */
    public record Measured(Usage usage, Confidence confidence, Cost cost) {}

    /**
     * A guess by the request's length alone: counting tokens would hold up each call for the sake
     * of the few that a crash interrupts.
     */
    Measured atOpening(Call call) {
        if (call.unmetered()) {
            return unmetered(call);
        }
        if (!call.endpoint().billed() || !(call.body() instanceof Body.Bytes held)) {
            return nothing();
        }
        Usage guess = Usage.ofText(held.bytes().length / CHARS_PER_TOKEN, 0);
        return priced(call, guess, Confidence.PARTIAL);
    }

    /** What an ended call used; nothing where its answer was an earlier call's. */
    public Measured atClosing(Call call, int status, Outcome outcome) {
        @Nullable CacheUse cache = call.trace().cache();
        if (cache != null && cache.isHit()) {
            return nothing();
        }
        AnswerFacts facts = call.trace().facts();
        if (facts.usage() != null) {
            return priced(call, facts.usage(), Confidence.PROVIDER);
        }
        if (!call.endpoint().charged() || !acted(call, status, outcome)) {
            return nothing();
        }
        if (call.unmetered()) {
            return unmetered(call);
        }
        if (call.endpoint().dialect() == Endpoint.Dialect.GENERIC) {
            return generic(call);
        }
        Confidence confidence =
                outcome instanceof Outcome.Completed ? Confidence.ESTIMATED : Confidence.PARTIAL;
        return priced(call, counted(call), confidence);
    }

    /**
     * Whether the provider may have done, and so billed, something: error answers cost nothing, and
     * refusals neither but of an answer that was stopped in the middle.
     */
    private static boolean acted(Call call, int status, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed completed -> status < 400;
            case Outcome.Refused refused -> call.trace().sent();
            case Outcome.UpstreamFailed failed -> call.trace().sent() && status != 401;
            case Outcome.ClientGone gone -> call.trace().sent();
            case Outcome.DeadlinePassed passed -> call.trace().sent();
            case Outcome.Interrupted interrupted -> call.trace().sent();
        };
    }

    private Usage counted(Call call) {
        CallTrace trace = call.trace();
        String model = model(call);
        long input =
                call.view().map(view -> tokens.countPrompt(model, view.promptText())).orElse(0L);
        long output =
                trace.outputTexts().stream().mapToLong(text -> tokens.count(model, text)).sum();
        return Usage.ofText(input, output);
    }

    /**
     * Images, speech and the like are not billed by the tokens of their text: without usage there
     * is nothing to count.
     */
    private Measured generic(Call call) {
        Cost cost =
                prices.get().price(model(call), null, false, Usage.NONE, call.trace().receivedAt());
        return new Measured(
                Usage.NONE,
                Confidence.NONE,
                cost instanceof Cost.Free && !call.endpoint().equals(Endpoint.MODERATIONS)
                        ? unsaid(call)
                        : cost);
    }

    private static Measured unmetered(Call call) {
        return new Measured(Usage.NONE, Confidence.NONE, unsaid(call));
    }

    private static Cost unsaid(Call call) {
        return new Cost.Unpriced(
                "the answer to " + call.endpoint().name() + " says nothing of its usage");
    }

    private Measured priced(Call call, Usage usage, Confidence confidence) {
        AnswerFacts facts = call.trace().facts();
        @Nullable String tier =
                facts.serviceTier() != null
                        ? facts.serviceTier()
                        : call.view().flatMap(RequestView::serviceTier).orElse(null);
        Billable billable =
                new Billable(
                        call.view().flatMap(RequestView::model).orElse(null),
                        facts.responseModel(),
                        tier,
                        false,
                        usage,
                        call.trace().receivedAt());
        return new Measured(usage, confidence, prices.get().price(billable));
    }

    private static Measured nothing() {
        return new Measured(Usage.NONE, Confidence.NONE, new Cost.Free());
    }

    private static String model(Call call) {
        String answered = call.trace().facts().responseModel();
        return answered != null
                ? answered
                : call.view().flatMap(RequestView::model).orElse(NO_MODEL);
    }
}
