package io.weir.rules;

import io.weir.access.Actor;
import io.weir.access.Control;
import io.weir.access.KeyDesk;
import io.weir.access.Project;
import io.weir.access.Register;
import io.weir.config.NamePattern;
import io.weir.limit.Budget;
import io.weir.limit.BudgetRule;
import io.weir.limit.Limit;
import io.weir.limit.LimitRule;
import io.weir.limit.Limiter;
import io.weir.limit.RuleJson;
import io.weir.limit.Slot;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, changes and removes limits and budgets, for those who may, and says how they stand. */
public final class RuleDesk {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Limiter limiter;
    private final Register<LimitRule> limits;
    private final Register<BudgetRule> budgets;
    private final Register<Project> projects;
    private final KeyDesk keys;
    private final InstantSource clock;

    /** For those that count there, and those that are looked after there. */
    public RuleDesk(Limiter limiter, Control control, KeyDesk keys, InstantSource clock) {
        this.limiter = limiter;
        this.limits = control.register(RuleKinds.LIMIT);
        this.budgets = control.register(RuleKinds.BUDGET);
        this.projects = control.register(Project.KIND);
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A rule with its counters; of a budget those that have spent the most first.
     *
     * @param configured whether it stands in the configuration, where alone it can be changed
     * @param refusals calls that it did not allow since the start
     */
    public record Entry<R, S>(R rule, boolean configured, List<S> standings, long refusals) {}

    /** All limits, those of the configuration first. */
    public List<Entry<LimitRule, Limit.Standing>> limits() {
        Map<String, List<Limit.Standing>> standings =
                limiter.limitStandings().stream()
                        .collect(Collectors.groupingBy(it -> it.rule().name()));
        Map<String, Long> refusals = limiter.refusals();
        return limiter.limitRules().stream()
                .map(rule ->
                        new Entry<>(
                                rule,
                                limits.find(rule.name()).isEmpty(),
                                standings.getOrDefault(rule.name(), List.of()),
                                refusals.getOrDefault(rule.name(), 0L)))
                .toList();
    }

    /** All budgets, those of the configuration first. */
    public List<Entry<BudgetRule, Budget.Standing>> budgets() {
        Map<String, Long> refusals = limiter.refusals();
        return limiter.budgets().stream()
                .map(budget ->
                        new Entry<>(
                                budget.rule(),
                                budgets.find(budget.rule().name()).isEmpty(),
                                budget.standings(clock.instant()).stream()
                                        .sorted((a, b) -> Long.compare(b.spent(), a.spent()))
                                        .toList(),
                                refusals.getOrDefault(budget.rule().name(), 0L)))
                .toList();
    }

    /** Whose counter it is, in words: a key by its name. */
    public String of(Slot slot) {
        @Nullable String key = slot.key();
        String name = key == null ? null : keys.nameOf(key);
        return key == null || name == null ? slot.words() : slot.words().replace(key, name);
    }

    /**
     * Makes a limit, or replaces the one of its name.
     *
     * @param json as {@link RuleJson} reads it; a key may be meant by its name
     * @throws IllegalArgumentException saying what will not do
     */
    public LimitRule putLimit(Actor by, JsonNode json) throws IOException {
        by.requireAdmin("set limits");
        LimitRule rule = RuleJson.limit(withKeyId(json));
        requireAdded(
                rule.name(),
                limits.find(rule.name()).isPresent(),
                name -> limiter.limitRules().stream().anyMatch(it -> it.name().equals(name)));
        limits.put(by, rule.name(), rule);
        return rule;
    }

    /**
     * Makes a budget, or replaces the one of its name.
     *
     * @param json as {@link RuleJson} reads it; a key may be meant by its name
     * @throws IllegalArgumentException saying what will not do
     */
    public BudgetRule putBudget(Actor by, JsonNode json) throws IOException {
        by.requireAdmin("set budgets");
        BudgetRule rule = RuleJson.budget(withKeyId(json), this::zone);
        requireAdded(
                rule.name(),
                budgets.find(rule.name()).isPresent(),
                name -> limiter.budgets().stream().anyMatch(it -> it.rule().name().equals(name)));
        budgets.put(by, rule.name(), rule);
        return rule;
    }

    /**
     * Allows more money for a while.
     *
     * @throws java.util.NoSuchElementException where no such budget was added
     */
    public BudgetRule raise(Actor by, String name, BudgetRule.Raise more) throws IOException {
        by.requireAdmin("raise budgets");
        return budgets.change(by, name, "raise", before -> before.raised(more, clock.instant()));
    }

    /**
     * Removes a limit that was added.
     *
     * @throws java.util.NoSuchElementException where there is none
     */
    public void removeLimit(Actor by, String name) throws IOException {
        by.requireAdmin("remove limits");
        limits.remove(by, name);
    }

    /**
     * Removes a budget that was added.
     *
     * @throws java.util.NoSuchElementException where there is none
     */
    public void removeBudget(Actor by, String name) throws IOException {
        by.requireAdmin("remove budgets");
        budgets.remove(by, name);
    }

    private JsonNode withKeyId(JsonNode rule) {
        JsonNode where = rule.path("where");
        String key = where.path("key").asString("");
        if (where instanceof ObjectNode object && !key.isEmpty() && !NamePattern.isBeginning(key)) {
            object.put("key", keys.find(key).key().id());
        }
        return rule;
    }

    private ZoneId zone(@Nullable String project) {
        return project == null ? UTC : projects.find(project).map(Project::zone).orElse(UTC);
    }

    private static void requireAdded(String name, boolean added, Predicate<String> known) {
        if (!added && known.test(name)) {
            throw new IllegalArgumentException(
                    "'%s' stands in the configuration: change it there".formatted(name));
        }
    }
}
