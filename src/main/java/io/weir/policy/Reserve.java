package io.weir.policy;

import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Cost;
import io.weir.call.Outcome;
import io.weir.call.Policy;
import io.weir.call.Principal;
import io.weir.call.Reply;
import io.weir.limit.Asked;
import io.weir.limit.Caller;
import io.weir.limit.Decision;
import io.weir.limit.Estimator;
import io.weir.limit.Limiter;
import io.weir.prices.PriceBook;
import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import io.weir.wire.RequestView;
import io.weir.wire.Usage;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether limits and budgets allow a call: what it is likely to use is reserved, or it is refused
 * in OpenAI's words, or sent to a cheaper model. What it has reserved is settled where its record
 * is closed.
 */
public final class Reserve implements Policy {
    private final Limiter limiter;
    private final Estimator estimator;
    private final Supplier<PriceBook> prices;

    /** By those rules, estimates and prices. */
    public Reserve(Limiter limiter, Estimator estimator, Supplier<PriceBook> prices) {
        this.limiter = limiter;
        this.estimator = estimator;
        this.prices = prices;
    }

    @Override
    public Reply apply(Call call, Chain next) {
        @Nullable Principal principal = call.trace().caller();
        if (!call.endpoint().charged() || principal == null) {
            return next.proceed(call);
        }
        Expected expected = expected(call, principal, false);
        Asked asked = expected.asked();
        return switch (limiter.reserve(asked, call.abort())) {
            case Decision.Admitted admitted -> admitted(call, expected, admitted, next);
            case Decision.Refused refused ->
                    call.abort().hasClientLeft()
                            ? Reply.Refused.clientGone()
                            : refused(asked, refused);
            case Decision.Degrade degrade -> degraded(call, principal, degrade, next);
        };
    }

    private Reply degraded(Call call, Principal principal, Decision.Degrade degrade, Chain next) {
        @Nullable Call cheaper = withModel(call, degrade.model());
        if (cheaper == null) {
            return Reply.Refused.of(
                    Refusal.spent(
                            degrade.rule(), "and the model of such a request cannot be changed"));
        }
        Expected expected = expected(cheaper, principal, true);
        if (!(limiter.reserve(expected.asked()) instanceof Decision.Admitted admitted)) {
            return Reply.Refused.of(
                    Refusal.spent(degrade.rule(), "and so is that of " + degrade.model()));
        }
        cheaper.trace().asReadIs(cheaper);
        String asking = call.view().flatMap(RequestView::model).orElse("");
        String said = "%s; budget=%s".formatted(degrade.model(), degrade.rule());
        return Allowance.with(
                admitted(cheaper, expected, admitted, next),
                Headers.of(
                        "x-weir-degraded-to",
                        asking.isEmpty() ? said : said + "; from=" + printable(asking)));
    }

    private Reply admitted(Call call, Expected expected, Decision.Admitted admitted, Chain next) {
        Reply reply = Allowance.told(next.proceed(call), admitted.quota());
        return admitted.stops() && reply instanceof Reply.Streamed streamed
                ? new Reply.Streamed(
                        streamed.status(),
                        streamed.headers(),
                        streamed.length(),
                        new PaidSource(
                                streamed.source(),
                                call,
                                expected.output(),
                                tokens -> pays(call, tokens)))
                : reply;
    }

    /** Reserves for so many more tokens of the answer; the name of a budget that has too little. */
    private @Nullable String pays(Call call, long tokens) {
        @Nullable RequestView view = call.view().orElse(null);
        @Nullable Long nanoUsd = price(call, view, Usage.ofText(0, tokens)).nanoUsdOrNull();
        return nanoUsd == null ? null : limiter.extend(call.id(), nanoUsd);
    }

    private static @Nullable Call withModel(Call call, String model) {
        if (!(call.body() instanceof Body.Bytes)) {
            return null;
        }
        return call.view()
                .flatMap(view -> view.withModel(model))
                .map(body -> call.withBody(new Body.Bytes(body)))
                .orElse(null);
    }

    private static Reply refused(Asked asked, Decision.Refused why) {
        ApiError error = Refusal.of(asked, why);
        return new Reply.Refused(error, Refusal.fields(why), new Outcome.Refused(error));
    }

    /**
     * What a call asks for.
     *
     * @param output tokens of its answer that are in it
     */
    private record Expected(Asked asked, long output) {}

    private Expected expected(Call call, Principal principal, boolean degraded) {
        if (call.endpoint().unmetered()) {
            return new Expected(unread(call, principal, degraded), 0);
        }
        @Nullable RequestView view = call.view().orElse(null);
        String model = view == null ? "" : view.model().orElse("");
        long bytes = Math.max(0, call.body().length());
        Usage usage =
                estimator.of(
                        principal.keyId(),
                        model,
                        bytes,
                        view == null ? -1 : view.maxTokens().orElse(-1),
                        view == null ? 1 : view.choices());
        call.trace().expects(usage.total());
        return new Expected(
                new Asked(
                        call.id(),
                        new Caller(
                                principal,
                                model,
                                view == null ? null : view.endUser().orElse(null)),
                        call.trace().receivedAt(),
                        usage.total(),
                        call.unmetered() ? Asked.UNMETERED : nanoUsd(call, view, usage),
                        degraded),
                usage.outputTotal());
    }

    private static Asked unread(Call call, Principal principal, boolean degraded) {
        Caller caller = new Caller(principal, "", null);
        Instant at = call.trace().receivedAt();
        return new Asked(call.id(), caller, at, 0, Asked.UNMETERED, degraded);
    }

    private long nanoUsd(Call call, @Nullable RequestView view, Usage usage) {
        @Nullable Long nanoUsd = price(call, view, usage).nanoUsdOrNull();
        return nanoUsd == null ? Asked.UNKNOWN : nanoUsd;
    }

    private Cost price(Call call, @Nullable RequestView view, Usage usage) {
        String model = view == null ? "" : view.model().orElse("");
        @Nullable String tier = view == null ? null : view.serviceTier().orElse(null);
        return prices.get().price(model, tier, false, usage, call.trace().receivedAt());
    }

    private static String printable(String text) {
        String cut = text.length() > 100 ? text.substring(0, 100) : text;
        return cut.chars().allMatch(it -> it > 0x20 && it < 0x7f) ? cut : "?";
    }
}
