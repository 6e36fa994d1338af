package io.weir.web;

import io.weir.http.Query;
import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat request as the playground's form holds it: texts, which need not make sense yet.
 *
 * @param models names with commas between them
 * @param left what of the call it was made from has no place in the form; empty for nothing
 */
record Draft(
        String models,
        String system,
        List<Line> lines,
        String temperature,
        String maxTokens,
        String choices,
        String left) {
    private static final int MOST_MODELS = 4;
    private static final int MOST_LINES = 50;
    private static final int MOST_CHOICES = 8;

    /** Members of a request that the form holds, or that it must not hold. */
    private static final List<String> HELD =
            List.of(
                    "model",
                    "messages",
                    "temperature",
                    "max_tokens",
                    "max_completion_tokens",
                    "n",
                    "stream",
                    "stream_options");

    /** A message. */
    record Line(String role, String text) {}

    Draft {
        lines = List.copyOf(lines);
    }

    /** What the form shows at first. */
    static Draft fresh() {
        return new Draft(
                "gpt-4o-mini",
                "",
                List.of(new Line("user", "What is a weir?")),
                "",
                "200",
                "1",
                "");
    }

    /** What a posted form holds. */
    static Draft of(Query fields) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < MOST_LINES && fields.all().containsKey("text-" + i); i++) {
            String text = fields.get("text-" + i).orElse("");
            if (!text.isBlank()) {
                lines.add(new Line(fields.get("role-" + i).orElse("user"), text));
            }
        }
        return new Draft(
                fields.get("models").orElse("").strip(),
                fields.get("system").orElse(""),
                lines,
                fields.get("temperature").orElse("").strip(),
                fields.get("max_tokens").orElse("").strip(),
                fields.get("n").orElse("1").strip(),
                "");
    }

    /** What a captured request has that the form can hold. */
    static Draft of(JsonNode request) {
        TreeSet<String> left = new TreeSet<>();
        request.propertyNames().stream().filter(name -> !HELD.contains(name)).forEach(left::add);
        StringBuilder system = new StringBuilder();
        List<Line> lines = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asString("user");
            if (!message.path("content").isString() || message.has("tool_calls")) {
                left.add("messages that are not plain text");
            } else if (role.equals("system") || role.equals("developer")) {
                system.append(system.isEmpty() ? "" : "\n\n")
                        .append(message.path("content").asString());
            } else {
                lines.add(new Line(role, message.path("content").asString()));
            }
        }
        return new Draft(
                request.path("model").asString(""),
                system.toString(),
                lines,
                number(request, "temperature"),
                request.has("max_completion_tokens")
                        ? number(request, "max_completion_tokens")
                        : number(request, "max_tokens"),
                request.has("n") ? number(request, "n") : "1",
                String.join(", ", left));
    }

    /** The same with an empty message at its end, to be written. */
    Draft longer() {
        List<Line> more = new ArrayList<>(lines);
        String last = lines.isEmpty() ? "assistant" : lines.getLast().role();
        more.add(new Line(last.equals("user") ? "assistant" : "user", ""));
        return new Draft(models, system, more, temperature, maxTokens, choices, left);
    }

    /**
     * The models that are asked side by side.
     *
     * @throws IllegalArgumentException where there are none, or too many
     */
    List<String> modelNames() {
        List<String> names =
                Arrays.stream(models.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList();
        if (names.isEmpty() || names.size() > MOST_MODELS) {
            throw new IllegalArgumentException(
                    "models names %d, and has to name 1 to %d, with commas between"
                            .formatted(names.size(), MOST_MODELS));
        }
        return names;
    }

    /** The bound on each answer's tokens; null where there is none. */
    @Nullable Long mostTokens() {
        return maxTokens.isEmpty() ? null : whole("max tokens", maxTokens, 1_000_000);
    }

    /** How many answers each model is asked for. */
    int answers() {
        return (int) whole("answers each", choices, MOST_CHOICES);
    }

    /**
     * The request for a model.
     *
     * @throws IllegalArgumentException with a sentence for whoever filled the form
     */
    String json(String model) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("model", model);
        ArrayNode messages = json.putArray("messages");
        if (!system.isBlank()) {
            messages.addObject().put("role", "system").put("content", system);
        }
        lines.forEach(
                line -> messages.addObject().put("role", line.role()).put("content", line.text()));
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("there is no message to send");
        }
        if (!temperature.isEmpty()) {
            json.put("temperature", warmth());
        }
        Long most = mostTokens();
        if (most != null) {
            json.put("max_completion_tokens", most);
        }
        if (answers() > 1) {
            json.put("n", answers());
        }
        return json.toString();
    }

    private double warmth() {
        if (!temperature.matches("\\d(\\.\\d{1,3})?")) {
            throw new IllegalArgumentException(
                    "temperature is '%s', and has to be 0 to 2".formatted(temperature));
        }
        return Double.parseDouble(temperature);
    }

    private static long whole(String name, String value, long most) {
        if (!value.matches("\\d{1,9}")
                || Long.parseLong(value) < 1
                || Long.parseLong(value) > most) {
            throw new IllegalArgumentException(
                    "%s is '%s', and has to be 1 to %,d".formatted(name, value, most));
        }
        return Long.parseLong(value);
    }

    private static String number(JsonNode request, String name) {
        return request.path(name).isNumber() ? request.path(name).toString() : "";
    }
}
