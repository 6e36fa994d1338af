package io.weir.web;

import io.weir.access.StoredKey;
import io.weir.access.StoredKeys;
import io.weir.limit.Budget;
import io.weir.limit.BudgetRule;
import io.weir.limit.Limit;
import io.weir.limit.LimitRule;
import io.weir.limit.Measure;
import io.weir.limit.Period;
import io.weir.limit.Quota;
import io.weir.limit.Which;
import io.weir.rules.RuleDesk;
import io.weir.rules.UpstreamKeyEntry;
import io.weir.upstream.UpstreamKeys;
import io.weir.wire.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be asked for and spent, how much of it is used, and the keys that calls go out with. */
final class LimitsPage implements Page {
    private static final int MOST = 50;

    private final RuleDesk desk;
    private final StoredKeys stored;
    private final UpstreamKeys keys;
    private final LimitForms forms;

    /**
     * What the template shows.
     *
     * @param budget that is to be changed; one of nothing where another is to be made
     * @param limit likewise
     */
    record Model(
            List<BudgetRow> budgets,
            List<LimitRow> limits,
            List<KeyRow> keys,
            int waiting,
            RuleFields budget,
            RuleFields limit,
            boolean admin,
            String csrf) {}

    /**
     * A counter of a budget.
     *
     * @param counts which calls it counts, in words
     * @param of whose counter it is; empty where there is only one
     * @param left may be less than nothing
     * @param spentPart of the bar, in hundredths
     * @param reservedPart likewise
     * @param until null where it does not end
     * @param known whether what was spent before a start is known
     * @param first whether it is the budget's first counter
     * @param managed whether the visitor may change it
     */
    record BudgetRow(
            String name,
            String counts,
            String mode,
            String of,
            Figure allowed,
            Figure spent,
            Figure reserved,
            Figure left,
            int spentPart,
            int reservedPart,
            @Nullable String until,
            boolean known,
            Figure refusals,
            boolean first,
            boolean configured,
            boolean managed) {}

    /**
     * A counter of a limit.
     *
     * @param allows in words
     * @param usedPart of what it allows, in hundredths
     * @param left of requests and tokens, in words
     */
    record LimitRow(
            String name,
            String counts,
            String allows,
            String of,
            int usedPart,
            String left,
            Figure parallel,
            Figure waiting,
            Figure refusals,
            boolean first,
            boolean configured,
            boolean managed) {}

    /**
     * A key of the provider's.
     *
     * @param left of the provider's limits, in words
     * @param stored whether it is kept here, and so can be changed here
     */
    record KeyRow(
            String name,
            String from,
            String state,
            boolean good,
            Figure calls,
            Figure refusals,
            String left,
            boolean stored,
            boolean disabled) {}

    LimitsPage(RuleDesk desk, StoredKeys stored, UpstreamKeys keys) {
        this.desk = desk;
        this.stored = stored;
        this.keys = keys;
        this.forms = new LimitForms(desk, stored);
    }

    @Override
    public String path() {
        return "/limits";
    }

    @Override
    public String title() {
        return "Limits";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.SYSTEM, "dam"));
    }

    @Override
    public boolean hasWindow() {
        return false;
    }

    @Override
    public List<Form> forms() {
        return forms.all();
    }

    @Override
    public Answer answer(Visit visit) {
        boolean admin = visit.visitor().isAdmin();
        List<RuleDesk.Entry<BudgetRule, Budget.Standing>> budgets = desk.budgets();
        List<RuleDesk.Entry<LimitRule, Limit.Standing>> limits = desk.limits();
        return Answer.view(
                "limits",
                new Model(
                        budgets.stream().flatMap(each -> budgetRows(each, admin)).toList(),
                        limits.stream().flatMap(each -> limitRows(each, admin)).toList(),
                        keys(),
                        keys.waiting(),
                        RuleFields.ofBudget(
                                budgets.stream()
                                        .filter(it -> is(it.rule().name(), visit, "edit-budget"))
                                        .map(RuleDesk.Entry::rule)
                                        .findFirst()
                                        .orElse(null)),
                        RuleFields.ofLimit(
                                limits.stream()
                                        .filter(it -> is(it.rule().name(), visit, "edit-limit"))
                                        .map(RuleDesk.Entry::rule)
                                        .findFirst()
                                        .orElse(null)),
                        admin,
                        visit.visitor().csrf()));
    }

    private static boolean is(String name, Visit visit, String parameter) {
        return name.equals(visit.view().parameter(parameter));
    }

    private Stream<BudgetRow> budgetRows(
            RuleDesk.Entry<BudgetRule, Budget.Standing> entry, boolean admin) {
        List<Budget.Standing> standings = entry.standings();
        List<BudgetRow> rows = new ArrayList<>();
        for (Budget.@Nullable Standing each : someOrNone(standings)) {
            rows.add(row(entry, each, rows.isEmpty(), admin && !entry.configured()));
        }
        return rows.stream();
    }

    private BudgetRow row(
            RuleDesk.Entry<BudgetRule, Budget.Standing> entry,
            Budget.@Nullable Standing standing,
            boolean first,
            boolean managed) {
        BudgetRule rule = entry.rule();
        long allowed = standing == null ? rule.nanoUsd() : standing.allowed();
        long spent = standing == null ? 0 : standing.spent();
        long reserved = standing == null ? 0 : standing.reserved();
        int spentPart = part(spent, allowed);
        return new BudgetRow(
                rule.name(),
                counts(rule.which()),
                mode(rule),
                standing == null ? "" : desk.of(standing.slot()),
                Figures.money(allowed),
                Figures.money(spent),
                Figures.money(reserved),
                Figures.money(allowed - spent),
                spentPart,
                Math.min(100 - spentPart, part(reserved, allowed)),
                standing == null || rule.period() == Period.TOTAL
                        ? null
                        : standing.span().until().toString(),
                standing == null || standing.known(),
                Figures.count(entry.refusals()),
                first,
                entry.configured(),
                managed);
    }

    private Stream<LimitRow> limitRows(
            RuleDesk.Entry<LimitRule, Limit.Standing> entry, boolean admin) {
        List<LimitRow> rows = new ArrayList<>();
        for (Limit.@Nullable Standing each : someOrNone(entry.standings())) {
            LimitRule rule = entry.rule();
            rows.add(
                    new LimitRow(
                            rule.name(),
                            counts(rule.which()),
                            allows(rule),
                            each == null ? "" : desk.of(each.slot()),
                            each == null ? 0 : hundredths(each.quota().used()),
                            each == null ? "" : left(each.quota()),
                            Figures.count(each == null ? 0 : each.parallel()),
                            Figures.count(each == null ? 0 : each.waiting()),
                            Figures.count(entry.refusals()),
                            rows.isEmpty(),
                            entry.configured(),
                            admin && !entry.configured()));
        }
        return rows.stream();
    }

    /** Some of them, or one that is not there: a rule that nobody has met is shown too. */
    private static <T> List<@Nullable T> someOrNone(List<T> all) {
        List<@Nullable T> some = new ArrayList<>(all.subList(0, Math.min(MOST, all.size())));
        if (some.isEmpty()) {
            some.add(null);
        }
        return some;
    }

    private List<KeyRow> keys() {
        return UpstreamKeyEntry.all(stored, keys).stream().map(LimitsPage::row).toList();
    }

    private static KeyRow row(UpstreamKeyEntry entry) {
        StoredKey key = entry.stored();
        UpstreamKeys.Standing standing = entry.standing();
        boolean disabled = key != null && key.disabled();
        String idle = disabled ? "disabled" : "sealed with another master key";
        return new KeyRow(
                entry.name(),
                key == null ? "configuration" : from(key),
                standing == null ? idle : standing.rests() ? "refused by the provider" : "in use",
                standing != null && !standing.rests(),
                Figures.count(standing == null ? 0 : standing.calls()),
                Figures.count(standing == null ? 0 : standing.refusals()),
                standing == null ? "" : left(standing.models()),
                key != null,
                disabled);
    }

    private static String from(StoredKey key) {
        return key.hint().isEmpty() ? "stored" : "stored, …" + key.hint();
    }

    private static String left(List<UpstreamKeys.Left> models) {
        List<String> words = new ArrayList<>();
        for (UpstreamKeys.Left left : models) {
            List<String> each = new ArrayList<>();
            if (left.requests() >= 0) {
                each.add(Figures.count(left.requests()).text() + " requests");
            }
            if (left.tokens() >= 0) {
                each.add(Figures.count(left.tokens()).text() + " tokens");
            }
            if (left.heldNanos() > 0) {
                each.add("nothing for " + Figures.millis(left.heldNanos() / 1e6).text());
            }
            words.add(left.model() + ": " + String.join(", ", each));
        }
        return String.join("; ", words);
    }

    private static String counts(Which which) {
        List<String> words = new ArrayList<>();
        which.where().forEach((dimension, value) -> words.add(dimension.word() + " " + value));
        if (!which.per().isEmpty()) {
            words.add(
                    "each "
                            + String.join(
                                    ", ",
                                    which.per().stream().sorted().map(it -> it.word()).toList()));
        }
        return words.isEmpty() ? "all calls" : String.join(", ", words);
    }

    private static String mode(BudgetRule rule) {
        String period = rule.period() == Period.TOTAL ? "in all" : "a " + rule.period().word();
        String then =
                switch (rule.mode()) {
                    case HARD -> "refuses";
                    case SOFT -> "only tells";
                    case DEGRADE -> "asks " + rule.degradeTo();
                };
        String raised =
                rule.raises().isEmpty()
                        ? ""
                        : ", raised by $"
                                + Money.usd(
                                        rule.raises().stream()
                                                .mapToLong(BudgetRule.Raise::by)
                                                .sum());
        return period
                + ", "
                + then
                + (rule.stopStreams() ? ", stops streams" : "")
                + (rule.unmetered() ? ", unmetered calls pass" : "")
                + raised;
    }

    private static String allows(LimitRule rule) {
        List<String> words = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            @Nullable Long amount = rule.amounts().get(measure);
            if (amount != null) {
                words.add(
                        "%s %s"
                                .formatted(
                                        Figures.count(amount).text(),
                                        measure.words().replaceFirst(" \\(.*", "")));
            }
        }
        if (!rule.patience().isZero()) {
            words.add("waits " + Figures.millis((double) rule.patience().toMillis()).text());
        }
        return String.join(", ", words);
    }

    private static String left(Quota quota) {
        List<String> words = new ArrayList<>();
        if (quota.requests() != null) {
            words.add(Figures.count(quota.requests().remaining()).text() + " requests");
        }
        if (quota.tokens() != null) {
            words.add(Figures.count(quota.tokens().remaining()).text() + " tokens");
        }
        return String.join(", ", words);
    }

    private static int part(long some, long all) {
        double share = all <= 0 ? (some > 0 ? 1 : 0) : (double) some / (double) all;
        return hundredths(share);
    }

    private static int hundredths(double share) {
        return (int) Math.clamp(100 * share, 0, 100);
    }
}
