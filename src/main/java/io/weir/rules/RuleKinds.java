package io.weir.rules;

import io.weir.access.Kind;
import io.weir.limit.BudgetRule;
import io.weir.limit.LimitRule;
import io.weir.limit.RuleJson;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Limits and budgets as they are looked after. */
public final class RuleKinds {
    /** Limits. */
    public static final Kind<LimitRule> LIMIT =
            new Kind<>() {
                @Override
                public String word() {
                    return "limit";
                }

                @Override
                public ObjectNode json(LimitRule rule) {
                    return RuleJson.json(rule);
                }

                @Override
                public LimitRule of(JsonNode json) {
                    return RuleJson.limit(json);
                }
            };

    /** Budgets. */
    public static final Kind<BudgetRule> BUDGET =
            new Kind<>() {
                @Override
                public String word() {
                    return "budget";
                }

                @Override
                public ObjectNode json(BudgetRule rule) {
                    return RuleJson.json(rule);
                }

                @Override
                public BudgetRule of(JsonNode json) {
                    return RuleJson.budget(json, project -> ZoneId.of("UTC"));
                }
            };

    private RuleKinds() {}
}
