package io.weir.cli;

import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which calls a limit or a budget counts. */
final class RuleOptions {
    @Parameters(paramLabel = "NAME", description = "The rule; one of that name is replaced.")
    private String name = "";

    @Option(
            names = "--where",
            paramLabel = "WHAT=VALUE",
            description =
                    "Only calls of such a key (name or id), project, tag, model or user: model=gpt-5*. Can be repeated.")
    private Map<String, String> where = new LinkedHashMap<>();

    @Option(
            names = "--per",
            paramLabel = "WHAT",
            split = ",",
            description = "One counter each: key, project, model, user. Default: one for all.")
    private List<String> per = new ArrayList<>();

    String name() {
        return name;
    }

    /** The rule so far. */
    ObjectNode rule() {
        ObjectNode rule = Json.MAPPER.createObjectNode();
        rule.put("name", name);
        ObjectNode conditions = rule.putObject("where");
        where.forEach(conditions::put);
        ArrayNode each = rule.putArray("per");
        per.forEach(each::add);
        return rule;
    }
}
