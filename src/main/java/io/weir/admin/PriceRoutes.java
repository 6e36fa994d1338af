package io.weir.admin;

import io.weir.config.Settings;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.prices.PriceEntry;
import io.weir.prices.PriceJson;
import io.weir.pricing.PriceCheck;
import io.weir.pricing.PriceDesk;
import io.weir.pricing.PriceLine;
import io.weir.pricing.Repricer;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.wire.Json;
import io.weir.wire.Span;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Prices: shown, checked, set, removed, read again, and applied to calls of before. */
public final class PriceRoutes {
    private static final int USED_DAYS = 30;
    private static final int NEAR_DAYS = 90;
    private static final int MOST_DAYS = 3_660;

    private final PriceDesk desk;
    private final Repricer repricer;
    private final CallStore store;
    private final InstantSource clock;

    /** By that desk, for calls of that store. */
    public PriceRoutes(PriceDesk desk, Repricer repricer, CallStore store, InstantSource clock) {
        this.desk = desk;
        this.repricer = repricer;
        this.store = store;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Answers.route(
                        "GET", "prices", Access.VIEWER_KEY, (exchange, none) -> list(exchange)),
                Answers.route(
                        "POST", "prices", Access.ADMIN_KEY, (exchange, none) -> set(exchange)),
                Answers.route(
                        "POST",
                        "price-removals",
                        Access.ADMIN_KEY,
                        (exchange, none) -> remove(exchange)),
                Answers.route(
                        "GET",
                        "price-check",
                        Access.VIEWER_KEY,
                        (exchange, none) -> check(exchange)),
                Answers.route(
                        "POST",
                        "price-reloads",
                        Access.ADMIN_KEY,
                        (exchange, none) -> reload(exchange)),
                Answers.route(
                        "POST",
                        "repricings",
                        Access.ADMIN_KEY,
                        (exchange, none) -> reprice(exchange)));
    }

    private JsonNode list(Exchange exchange) {
        Query query = new Query(exchange.target().query());
        Instant at =
                query.get("at")
                        .map(text -> day("at", text).atStartOfDay(ZoneOffset.UTC).toInstant())
                        .orElse(clock.instant());
        boolean all = query.get("all").filter("true"::equals).isPresent();
        List<PriceLine> lines =
                PriceLine.of(
                        desk.prices(), desk.models().get(), query.get("model").orElse(""), at, all);
        return AccessJson.list("prices", lines.stream().map(PriceAnswers::line).toList());
    }

    private JsonNode check(Exchange exchange) throws StoreUnavailable {
        Query query = new Query(exchange.target().query());
        Duration used = days(query, "days", USED_DAYS);
        Duration near = days(query, "near", NEAR_DAYS);
        PriceCheck check = desk.check(store, used, near);
        return PriceAnswers.check(check, desk.models().standing());
    }

    private JsonNode set(Exchange exchange) throws IOException, InterruptedException {
        PriceEntry given = PriceJson.entry(RequestJson.object(exchange));
        PriceEntry set = desk.set(exchange.actor(), given);
        ObjectNode answer = PriceJson.json(set);
        answer.set("repricing", repricer.rehearse(Repricer.Range.ALL).json());
        return answer;
    }

    private JsonNode remove(Exchange exchange) throws IOException {
        Settings wanted = Settings.of(RequestJson.object(exchange), "the removal");
        String model = wanted.text("model", "", "whose price");
        String from = wanted.textOrNull("from", "the day from which it counts");
        wanted.refuseUnknown();
        return PriceJson.json(
                desk.remove(exchange.actor(), model, from == null ? null : day("from", from)));
    }

    private JsonNode reload(Exchange exchange) throws IOException, InterruptedException {
        PriceDesk.Reloaded reloaded = desk.reload(exchange.actor());
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("entries", reloaded.entries());
        answer.set("models", PriceAnswers.models(reloaded.models()));
        return answer;
    }

    private JsonNode reprice(Exchange exchange) throws IOException, InterruptedException {
        Settings wanted = Settings.of(RequestJson.object(exchange), "the repricing");
        Repricer.Range range =
                new Repricer.Range(
                        moment(wanted, "since"),
                        moment(wanted, "until"),
                        wanted.textOrNull("model", "which one only"));
        boolean dry = wanted.flag("dry_run", false, "only say what would be found");
        wanted.refuseUnknown();
        ObjectNode answer =
                (dry ? repricer.rehearse(range) : repricer.reprice(exchange.actor(), range)).json();
        return answer.put("dry_run", dry);
    }

    private @Nullable Instant moment(Settings wanted, String name) {
        String text = wanted.textOrNull(name, "a time, or a span that ends now");
        if (text == null) {
            return null;
        }
        Optional<Instant> moment = Span.moment(text, clock.instant());
        return moment.orElseThrow(() ->
                new IllegalArgumentException(
                        "%s is a time such as 2026-11-22T03:00:00Z or a span such as 24h or 7d, not '%s'"
                                .formatted(name, text)));
    }

    private static Duration days(Query query, String name, int usual) {
        int days = query.number(name, usual);
        if (days > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "%s is at most %d, not %d".formatted(name, MOST_DAYS, days));
        }
        return Duration.ofDays(days);
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "%s is a date such as 2026-12-01, not '%s'".formatted(name, text), e);
        }
    }
}
