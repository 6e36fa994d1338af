package io.weir.web;

import io.weir.access.StoredKeys;
import io.weir.http.Access;
import io.weir.http.Query;
import io.weir.limit.BudgetRule;
import io.weir.limit.RuleJson;
import io.weir.rules.RuleDesk;
import io.weir.wire.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be done to limits, budgets and the provider's keys on their page. */
final class LimitForms {
    private static final List<String> BUDGET =
            List.of(
                    "name",
                    "usd",
                    "period",
                    "time_zone",
                    "mode",
                    "degrade_to",
                    "unpriced",
                    "assumed_usd",
                    "stop_streams",
                    "unmetered");
    private static final List<String> LIMIT =
            List.of(
                    "name",
                    "requests_per_minute",
                    "tokens_per_minute",
                    "requests_per_day",
                    "tokens_per_day",
                    "parallel",
                    "wait");

    /** How long a raise counts, by the form's words. */
    private static final Map<String, Duration> TIMES =
            Map.of(
                    "24h",
                    Duration.ofHours(24),
                    "3d",
                    Duration.ofDays(3),
                    "7d",
                    Duration.ofDays(7),
                    "30d",
                    Duration.ofDays(30));

    private final RuleDesk desk;
    private final StoredKeys stored;

    LimitForms(RuleDesk desk, StoredKeys stored) {
        this.desk = desk;
        this.stored = stored;
    }

    List<Form> all() {
        return List.of(
                form("/limits/budget", this::budget),
                form("/limits/raise", this::raise),
                form("/limits/budget/remove", this::removeBudget),
                form("/limits/limit", this::limit),
                form("/limits/limit/remove", this::removeLimit),
                form("/limits/key", this::key),
                form("/limits/key/disable", this::disableKey),
                form("/limits/key/remove", this::removeKey));
    }

    private static Form form(String path, Form.Deed deed) {
        return new Form(path, Access.ADMIN_SESSION, deed);
    }

    private Answer budget(Visit visit, Query fields) {
        ObjectNode rule = RuleFields.rule(fields, BUDGET);
        // A form says nothing of raises: they stay.
        desk.budgets().stream()
                .filter(entry -> entry.rule().name().equals(name(fields)))
                .findFirst()
                .map(entry -> RuleJson.json(entry.rule()).path("raises"))
                .filter(JsonNode::isArray)
                .ifPresent(raises -> rule.set("raises", raises));
        return done("rule-changed", () -> desk.putBudget(visit.visitor().actor(), rule));
    }

    private Answer raise(Visit visit, Query fields) {
        @Nullable Duration time = TIMES.get(Fields.text(fields, "for"));
        if (time == null) {
            throw new IllegalArgumentException("how long a raise counts is one of the list");
        }
        BudgetRule.Raise more =
                RuleJson.raise(
                        Fields.text(fields, "usd"),
                        visit.now().plus(time),
                        Fields.text(fields, "why"));
        return done("rule-changed", () -> desk.raise(visit.visitor().actor(), name(fields), more));
    }

    private Answer removeBudget(Visit visit, Query fields) {
        return done("rule-removed", () -> desk.removeBudget(visit.visitor().actor(), name(fields)));
    }

    private Answer limit(Visit visit, Query fields) {
        ObjectNode rule = RuleFields.rule(fields, LIMIT);
        return done("rule-changed", () -> desk.putLimit(visit.visitor().actor(), rule));
    }

    private Answer removeLimit(Visit visit, Query fields) {
        return done("rule-removed", () -> desk.removeLimit(visit.visitor().actor(), name(fields)));
    }

    private Answer key(Visit visit, Query fields) {
        Secret secret = new Secret(Fields.text(fields, "secret"));
        return done(
                "upstream-key-changed",
                () -> stored.store(visit.visitor().actor(), name(fields), secret));
    }

    private Answer disableKey(Visit visit, Query fields) {
        boolean disabled = Fields.text(fields, "disabled").equals("true");
        return done(
                "upstream-key-changed",
                () -> stored.disable(visit.visitor().actor(), name(fields), disabled));
    }

    private Answer removeKey(Visit visit, Query fields) {
        return done(
                "upstream-key-removed", () -> stored.remove(visit.visitor().actor(), name(fields)));
    }

    private static String name(Query fields) {
        return Fields.text(fields, "name");
    }

    private static Answer done(String notice, Deed.Change change) {
        return Deed.changed("/limits", notice, change);
    }
}
