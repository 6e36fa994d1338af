package io.weir.web;

import io.weir.http.Query;
import io.weir.limit.BudgetRule;
import io.weir.limit.LimitRule;
import io.weir.limit.RuleJson;
import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rule as the fields of its form.
 *
 * @param values by the members' names; those that are not said are not there
 */
record RuleFields(Map<String, String> values) {
    RuleFields {
        values = Map.copyOf(values);
    }

    /** A budget's; those of a new one for null. */
    static RuleFields ofBudget(@Nullable BudgetRule rule) {
        return of(rule == null ? null : RuleJson.json(rule));
    }

    /** A limit's; those of a new one for null. */
    static RuleFields ofLimit(@Nullable LimitRule rule) {
        return of(rule == null ? null : RuleJson.json(rule));
    }

    /** What stands in a field; empty where nothing is said. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** Whether it is of a rule that is there. */
    boolean isMade() {
        return !values.isEmpty();
    }

    /** The rule of a form that was posted, as {@link RuleJson} reads it. */
    static ObjectNode rule(Query fields, List<String> members) {
        ObjectNode rule = Json.MAPPER.createObjectNode();
        ObjectNode where = rule.putObject("where");
        for (String condition : Fields.texts(fields, "where")) {
            String[] parts = condition.split("[= ]", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException(
                        "'%s' is no condition: write project=shop, for instance"
                                .formatted(condition));
            }
            where.put(parts[0].strip(), parts[1].strip());
        }
        ArrayNode per = rule.putArray("per");
        Fields.texts(fields, "per").forEach(per::add);
        for (String member : members) {
            String text = Fields.text(fields, member);
            if (text.equals("true") || text.equals("false")) {
                rule.put(member, text.equals("true"));
            } else if (!text.isEmpty()) {
                rule.put(member, text);
            }
        }
        return rule;
    }

    private static RuleFields of(@Nullable ObjectNode json) {
        Map<String, String> values = new LinkedHashMap<>();
        if (json != null) {
            json.properties().forEach(each -> values.put(each.getKey(), text(each.getValue())));
        }
        return new RuleFields(values);
    }

    private static String text(JsonNode value) {
        List<String> parts = new ArrayList<>();
        if (value.isObject()) {
            value.properties()
                    .forEach(each -> parts.add(each.getKey() + "=" + each.getValue().asString()));
        } else if (value.isArray()) {
            value.valueStream().filter(JsonNode::isString).forEach(it -> parts.add(it.asString()));
        } else {
            return value.asString();
        }
        return String.join(", ", parts);
    }
}
