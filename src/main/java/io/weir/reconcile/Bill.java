package io.weir.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has in its books of some days: usage, costs, or both, gathered from as many
 * answers and files as there are. Belongs to one thread.
 */
public final class Bill {
    /** What has more digits is no amount. */
    private static final int MOST_DIGITS = 60;

    /** What one line is at most, so that no file can make sums that do not fit. */
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);

    /** The same for requests and tokens. */
    private static final long MOST_COUNT = 1_000_000_000_000L;

    private final LocalDate since;
    private final LocalDate until;
    private final Projects projects;
    private final Map<Slot, Billed> slots = new TreeMap<>();
    private boolean usageKnown;
    private boolean costsKnown;

    /**
     * An empty bill.
     *
     * @param until the first day that is left out
     * @param projects those that are taken from the provider's books
     */
    public Bill(LocalDate since, LocalDate until, Projects projects) {
        this.since = since;
        this.until = until;
        this.projects = projects;
    }

    LocalDate since() {
        return since;
    }

    LocalDate until() {
        return until;
    }

    Projects projects() {
        return projects;
    }

    /** Whether it says how much was used. */
    boolean usageKnown() {
        return usageKnown;
    }

    /** Whether it says what that costs. */
    boolean costsKnown() {
        return costsKnown;
    }

    Map<Slot, Billed> slots() {
        return slots;
    }

    /** From now on a slot that is not there was not used. */
    void knowsUsage() {
        usageKnown = true;
    }

    /** From now on a slot that is not there costs nothing. */
    void knowsCosts() {
        costsKnown = true;
    }

    /** Adds a use of a model. */
    void use(LocalDate day, String model, @Nullable String project, Billed used) {
        knowsUsage();
        add(day, model, project, used);
    }

    /** A count that may be one. */
    static long count(String name, String text) throws BillProblem {
        try {
            long count = text.isBlank() ? 0 : Long.parseLong(text.strip());
            if (count >= 0 && count <= MOST_COUNT) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw new BillProblem("%s is '%s', no count.".formatted(name, text), e);
        }
        throw new BillProblem("%s is '%s', no count.".formatted(name, text));
    }

    /**
     * Adds a line of costs.
     *
     * @param usd a decimal number, in exponents or not
     */
    void cost(
            LocalDate day,
            @Nullable String line,
            @Nullable String project,
            String usd,
            String currency)
            throws BillProblem {
        knowsCosts();
        if (!currency.isBlank() && !currency.strip().toLowerCase(Locale.ROOT).equals("usd")) {
            throw new BillProblem(
                    "The bill is in '%s'; Weir counts US dollars.".formatted(currency.strip()));
        }
        add(day, LineItem.model(line), project, Billed.cost(amount(usd)));
    }

    private void add(LocalDate day, String model, @Nullable String project, Billed more) {
        if (day.isBefore(since) || !day.isBefore(until)) {
            return;
        }
        projects.ofProvider(project)
                .ifPresent(name -> slots.merge(new Slot(day, model, name), more, Billed::plus));
    }

    private static BigDecimal amount(String usd) throws BillProblem {
        try {
            BigDecimal amount = new BigDecimal(usd.strip());
            if (Math.abs((long) amount.scale()) <= MOST_DIGITS
                    && amount.precision() <= MOST_DIGITS
                    && amount.abs().compareTo(MOST_USD) <= 0) {
                return amount;
            }
        } catch (NumberFormatException e) {
            throw new BillProblem("'%s' is no amount of dollars.".formatted(usd.strip()), e);
        }
        throw new BillProblem("'%s' is no amount of dollars.".formatted(usd.strip()));
    }
}
