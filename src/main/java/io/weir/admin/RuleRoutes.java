package io.weir.admin;

import io.weir.config.Settings;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Route;
import io.weir.limit.Budget;
import io.weir.limit.Limit;
import io.weir.limit.Period;
import io.weir.limit.Quota;
import io.weir.limit.RuleJson;
import io.weir.rules.RuleDesk;
import io.weir.wire.Json;
import io.weir.wire.Money;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Limits and budgets: made, changed, removed, and how they stand. */
public final class RuleRoutes {
    private static final int MOST_STANDINGS = 100;

    private final RuleDesk desk;
    private final InstantSource clock;

    /** By that desk. */
    public RuleRoutes(RuleDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Answers.route("GET", "limits", Access.VIEWER_KEY, (exchange, none) -> limits()),
                Answers.route("POST", "limits", Access.ADMIN_KEY, this::putLimit),
                Answers.route("DELETE", "limits/*", Access.ADMIN_KEY, this::removeLimit),
                Answers.route("GET", "budgets", Access.VIEWER_KEY, (exchange, none) -> budgets()),
                Answers.route("POST", "budgets", Access.ADMIN_KEY, this::putBudget),
                Answers.route("DELETE", "budgets/*", Access.ADMIN_KEY, this::removeBudget),
                Answers.route("POST", "budget-raises/*", Access.ADMIN_KEY, this::raise));
    }

    private JsonNode limits() {
        return AccessJson.list(
                "limits",
                desk.limits().stream()
                        .map(entry -> json(entry, RuleJson.json(entry.rule()), RuleRoutes::json))
                        .toList());
    }

    private JsonNode budgets() {
        return AccessJson.list(
                "budgets",
                desk.budgets().stream()
                        .map(entry -> json(entry, RuleJson.json(entry.rule()), RuleRoutes::json))
                        .toList());
    }

    private static <S> ObjectNode json(
            RuleDesk.Entry<?, S> entry, ObjectNode rule, Function<S, ObjectNode> standing) {
        rule.put("configured", entry.configured()).put("refusals", entry.refusals());
        rule.put("counters", entry.standings().size());
        ArrayNode each = rule.putArray("standings");
        entry.standings().stream().limit(MOST_STANDINGS).map(standing).forEach(each::add);
        return rule;
    }

    private JsonNode putLimit(Exchange exchange, String segment) throws IOException {
        return RuleJson.json(desk.putLimit(exchange.actor(), RequestJson.object(exchange)));
    }

    private JsonNode putBudget(Exchange exchange, String segment) throws IOException {
        return RuleJson.json(desk.putBudget(exchange.actor(), RequestJson.object(exchange)));
    }

    private JsonNode removeLimit(Exchange exchange, String name) throws IOException {
        desk.removeLimit(exchange.actor(), name);
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private JsonNode removeBudget(Exchange exchange, String name) throws IOException {
        desk.removeBudget(exchange.actor(), name);
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private JsonNode raise(Exchange exchange, String name) throws IOException {
        Settings wanted = Settings.of(RequestJson.object(exchange), "the raise");
        String usd = wanted.text("usd", "", "how much more");
        Duration time = wanted.duration("for", "24h", "for how long");
        String why = wanted.text("why", "", "in words");
        wanted.refuseUnknown();
        return RuleJson.json(
                desk.raise(
                        exchange.actor(),
                        name,
                        RuleJson.raise(usd, clock.instant().plus(time), why)));
    }

    private static ObjectNode json(Limit.Standing standing) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("of", standing.slot().words()).put("parallel", standing.parallel());
        json.put("waiting", standing.waiting());
        put(json, "requests", standing.quota().requests());
        put(json, "tokens", standing.quota().tokens());
        return json;
    }

    private static void put(ObjectNode json, String what, Quota.@Nullable Left left) {
        if (left != null) {
            json.put(what + "_limit", left.limit()).put(what + "_remaining", left.remaining());
            json.put(what + "_reset_ms", left.resetNanos() / 1_000_000);
        }
    }

    private static ObjectNode json(Budget.Standing standing) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("of", standing.slot().words());
        json.put("from", standing.span().from().toString());
        boolean ends = standing.rule().period() != Period.TOTAL;
        json.put("until", ends ? standing.span().until().toString() : null);
        json.put("allowed_usd", Money.usd(standing.allowed()));
        json.put("spent_usd", Money.usd(standing.spent()));
        json.put("reserved_usd", Money.usd(standing.reserved()));
        json.put("left_usd", Money.usd(standing.allowed() - standing.spent()));
        return json.put("known", standing.known());
    }
}
