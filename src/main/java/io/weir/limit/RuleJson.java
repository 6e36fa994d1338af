package io.weir.limit;

import io.weir.config.Settings;
import io.weir.config.Zones;
import io.weir.wire.Json;
import io.weir.wire.Money;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules as the configuration, the admin API and the audit log write them. */
public final class RuleJson {
    private RuleJson() {}

    /**
     * A limit.
     *
     * @throws RuntimeException saying what will not do
     */
    public static LimitRule limit(JsonNode json) {
        Settings given = Settings.of(json, "the limit");
        String name = given.text("name", "", "what it is called");
        Which which = which(given);
        Map<Measure, Long> amounts = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            @Nullable String amount = given.textOrNull(measure.word(), measure.words());
            if (amount != null) {
                amounts.put(measure, whole(measure.word(), amount));
            }
        }
        Duration wait = given.duration("wait", "0s", "how long a call may wait for its turn");
        given.refuseUnknown();
        return new LimitRule(name, which, amounts, wait);
    }

    /** A limit in JSON. */
    public static ObjectNode json(LimitRule rule) {
        ObjectNode json = json(rule.name(), rule.which());
        rule.amounts().forEach((measure, amount) -> json.put(measure.word(), amount));
        if (!rule.patience().isZero()) {
            json.put("wait", words(rule.patience()));
        }
        return json;
    }

    /**
     * A budget.
     *
     * @param zones the time zone of a project, for a budget that names none
     * @throws RuntimeException saying what will not do
     */
    public static BudgetRule budget(JsonNode json, Function<@Nullable String, ZoneId> zones) {
        Settings given = Settings.of(json, "the budget");
        String name = given.text("name", "", "what it is called");
        Which which = which(given);
        long amount = nanoUsd("usd", given.text("usd", "", "dollars for each period"));
        Period period = Period.of(given.text("period", "month", "day, week, month or total"));
        @Nullable String zone = given.textOrNull("time_zone", "whose days; the project's");
        String mode = given.oneOf("mode", List.of("hard", "soft", "degrade"), "what happens then");
        @Nullable String model = given.textOrNull("degrade_to", "the model to ask instead");
        String unpriced =
                given.oneOf(
                        "unpriced", List.of("allow", "block", "assume"), "calls without a price");
        long assumed = nanoUsd("assumed_usd", given.text("assumed_usd", "0", "what they cost"));
        boolean stopStreams =
                given.flag("stop_streams", false, "whether streams under way are stopped");
        String unmetered =
                given.oneOf("unmetered", List.of("block", "allow"), "calls that are not metered");
        List<BudgetRule.Raise> raises = new ArrayList<>();
        for (JsonNode raise : given.list("raises", "more money for a while")) {
            raises.add(raise(raise));
        }
        given.refuseUnknown();
        return new BudgetRule(
                name,
                which,
                amount,
                period,
                zone == null ? zones.apply(which.exactly(Dimension.PROJECT)) : Zones.of(zone),
                BudgetRule.Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
                model,
                BudgetRule.Unpriced.valueOf(unpriced.toUpperCase(Locale.ROOT)),
                assumed,
                raises,
                stopStreams,
                unmetered.equals("allow"));
    }

    /** A budget in JSON. */
    public static ObjectNode json(BudgetRule rule) {
        ObjectNode json = json(rule.name(), rule.which());
        json.put("usd", Money.usd(rule.nanoUsd())).put("period", rule.period().word());
        json.put("time_zone", rule.zone().getId()).put("mode", rule.mode().word());
        if (rule.degradeTo() != null) {
            json.put("degrade_to", rule.degradeTo());
        }
        json.put("unpriced", rule.unpriced().word());
        if (rule.assumedNanoUsd() > 0) {
            json.put("assumed_usd", Money.usd(rule.assumedNanoUsd()));
        }
        if (rule.stopStreams()) {
            json.put("stop_streams", true);
        }
        if (rule.unmetered()) {
            json.put("unmetered", "allow");
        }
        if (!rule.raises().isEmpty()) {
            ArrayNode raises = json.putArray("raises");
            rule.raises()
                    .forEach(raise ->
                            raises.addObject()
                                    .put("usd", Money.usd(raise.by()))
                                    .put("until", raise.until().toString())
                                    .put("why", raise.why()));
        }
        return json;
    }

    /**
     * More money for a while.
     *
     * @throws IllegalArgumentException where that is no amount
     */
    public static BudgetRule.Raise raise(String usd, Instant until, String why) {
        return new BudgetRule.Raise(nanoUsd("usd", usd), until, why);
    }

    private static BudgetRule.Raise raise(JsonNode json) {
        Settings given = Settings.of(json, "the raise");
        String usd = given.text("usd", "", "dollars");
        String until = given.text("until", "", "its end");
        String why = given.text("why", "", "in words");
        given.refuseUnknown();
        try {
            return raise(usd, Instant.parse(until), why);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a raise has an end, until: 2026-12-01T00:00:00Z for instance", e);
        }
    }

    private static String words(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    private static ObjectNode json(String name, Which which) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("name", name);
        if (!which.where().isEmpty()) {
            ObjectNode where = json.putObject("where");
            which.where().forEach((dimension, value) -> where.put(dimension.word(), value));
        }
        if (!which.per().isEmpty()) {
            ArrayNode per = json.putArray("per");
            which.per().stream().sorted().forEach(dimension -> per.add(dimension.word()));
        }
        return json;
    }

    private static Which which(Settings given) {
        Map<Dimension, String> where = new EnumMap<>(Dimension.class);
        given.textsByName("where", "what its calls have in common")
                .forEach((name, value) -> where.put(Dimension.of(name), value));
        Set<Dimension> per = new HashSet<>();
        given.texts("per", "what has a counter of its own")
                .forEach(name -> per.add(Dimension.of(name)));
        return new Which(where, per);
    }

    private static long whole(String what, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " is a whole number, not '" + text + "'", e);
        }
    }

    private static long nanoUsd(String what, String text) {
        try {
            return Money.nanoUsd(text);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s is an amount of dollars such as 100 or 0.25, not '%s'"
                            .formatted(what, text),
                    e);
        }
    }
}
