package io.weir.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Limits and budgets in words. */
final class RuleText {
    private RuleText() {}

    /** Which calls one counts. */
    static String which(JsonNode rule) {
        List<String> words = new ArrayList<>();
        rule.path("where")
                .properties()
                .forEach(each -> words.add(each.getKey() + "=" + Printable.cell(each.getValue())));
        List<String> per = rule.path("per").valueStream().map(Printable::cell).toList();
        if (!per.isEmpty()) {
            words.add("each " + String.join(", ", per));
        }
        return words.isEmpty() ? "all calls" : String.join(" ", words);
    }

    /** Where one can be changed. */
    static String origin(JsonNode rule) {
        return rule.path("configured").asBoolean() ? "configuration" : "added";
    }
}
