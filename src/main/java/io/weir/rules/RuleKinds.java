package io.weir.rules;

import io.weir.access.Kind;
import io.weir.limit.BudgetRule;
import io.weir.limit.LimitRule;
import io.weir.limit.RuleJson;
import java.time.ZoneId;

/** Limits and budgets as they are looked after. */
public final class RuleKinds {
    /** Limits. */
    public static final Kind<LimitRule> LIMIT = Kind.of("limit", RuleJson::json, RuleJson::limit);

    /** Budgets. */
    public static final Kind<BudgetRule> BUDGET =
            Kind.of(
                    "budget",
                    RuleJson::json,
                    json -> RuleJson.budget(json, project -> ZoneId.of("UTC")));

    private RuleKinds() {}
}
