package io.weir.admin;

import io.weir.access.Control;
import io.weir.access.KeyDesk;
import io.weir.access.Project;
import io.weir.access.Register;
import io.weir.config.NamePattern;
import io.weir.config.Settings;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Route;
import io.weir.limit.Budget;
import io.weir.limit.BudgetRule;
import io.weir.limit.Limit;
import io.weir.limit.LimitRule;
import io.weir.limit.Limiter;
import io.weir.limit.Period;
import io.weir.limit.Quota;
import io.weir.limit.RuleJson;
import io.weir.wire.Json;
import io.weir.wire.Money;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Limits and budgets: made, changed, removed, and how they stand. */
public final class RuleRoutes {
    private static final int MOST_STANDINGS = 100;

    private final Limiter limiter;
    private final Register<LimitRule> limits;
    private final Register<BudgetRule> budgets;
    private final Register<Project> projects;
    private final KeyDesk desk;
    private final InstantSource clock;

    /** Of those. */
    public RuleRoutes(Limiter limiter, Control control, KeyDesk desk, InstantSource clock) {
        this.limiter = limiter;
        this.limits = control.register(RuleKinds.LIMIT);
        this.budgets = control.register(RuleKinds.BUDGET);
        this.projects = control.register(Project.KIND);
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
        Map<String, List<Limit.Standing>> standings =
                limiter.limitStandings().stream()
                        .collect(Collectors.groupingBy(it -> it.rule().name()));
        List<ObjectNode> all = new ArrayList<>();
        for (LimitRule rule : limiter.limitRules()) {
            ObjectNode json = RuleJson.json(rule);
            json.put("configured", limits.find(rule.name()).isEmpty());
            List<Limit.Standing> its = standings.getOrDefault(rule.name(), List.of());
            json.put("counters", its.size());
            ArrayNode each = json.putArray("standings");
            its.stream().limit(MOST_STANDINGS).forEach(it -> each.add(json(it)));
            all.add(json);
        }
        return AccessJson.list("limits", all);
    }

    private JsonNode budgets() {
        List<ObjectNode> all = new ArrayList<>();
        for (Budget budget : limiter.budgets()) {
            BudgetRule rule = budget.rule();
            ObjectNode json = RuleJson.json(rule);
            json.put("configured", budgets.find(rule.name()).isEmpty());
            List<Budget.Standing> its = budget.standings(clock.instant());
            json.put("counters", its.size());
            ArrayNode each = json.putArray("standings");
            its.stream()
                    .sorted((a, b) -> Long.compare(b.spent(), a.spent()))
                    .limit(MOST_STANDINGS)
                    .forEach(it -> each.add(json(it)));
            all.add(json);
        }
        return AccessJson.list("budgets", all);
    }

    private JsonNode putLimit(Exchange exchange, String segment) throws IOException {
        LimitRule rule = RuleJson.limit(withKeyId(RequestJson.object(exchange)));
        requireAdded(
                rule.name(),
                limits.find(rule.name()).isPresent(),
                name -> limiter.limitRules().stream().anyMatch(it -> it.name().equals(name)));
        limits.put(exchange.actor(), rule.name(), rule);
        return RuleJson.json(rule);
    }

    private JsonNode putBudget(Exchange exchange, String segment) throws IOException {
        BudgetRule rule = RuleJson.budget(withKeyId(RequestJson.object(exchange)), this::zone);
        requireAdded(
                rule.name(),
                budgets.find(rule.name()).isPresent(),
                name -> limiter.budgets().stream().anyMatch(it -> it.rule().name().equals(name)));
        budgets.put(exchange.actor(), rule.name(), rule);
        return RuleJson.json(rule);
    }

    private JsonNode removeLimit(Exchange exchange, String name) throws IOException {
        limits.remove(exchange.actor(), name);
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private JsonNode removeBudget(Exchange exchange, String name) throws IOException {
        budgets.remove(exchange.actor(), name);
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private JsonNode raise(Exchange exchange, String name) throws IOException {
        Settings wanted = Settings.of(RequestJson.object(exchange), "the raise");
        String usd = wanted.text("usd", "", "how much more");
        Duration time = wanted.duration("for", "24h", "for how long");
        String why = wanted.text("why", "", "in words");
        wanted.refuseUnknown();
        ObjectNode raise = Json.MAPPER.createObjectNode();
        raise.put("usd", usd).put("until", clock.instant().plus(time).toString()).put("why", why);
        BudgetRule.Raise more = RuleJson.raise(raise);
        return RuleJson.json(
                budgets.change(
                        exchange.actor(),
                        name,
                        "raise",
                        before -> before.raised(more, clock.instant())));
    }

    /** A key may be meant by its name. */
    private JsonNode withKeyId(JsonNode rule) {
        JsonNode where = rule.path("where");
        String key = where.path("key").asString("");
        if (where instanceof ObjectNode object && !key.isEmpty() && !NamePattern.isBeginning(key)) {
            object.put("key", desk.find(key).key().id());
        }
        return rule;
    }

    private ZoneId zone(@Nullable String project) {
        return project == null
                ? ZoneId.of("UTC")
                : projects.find(project).map(Project::zone).orElse(ZoneId.of("UTC"));
    }

    private static void requireAdded(String name, boolean added, Predicate<String> known) {
        if (!added && known.test(name)) {
            throw new IllegalArgumentException(
                    "'%s' stands in the configuration: change it there".formatted(name));
        }
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
