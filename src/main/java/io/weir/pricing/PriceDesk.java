package io.weir.pricing;

import io.weir.access.Actor;
import io.weir.access.Control;
import io.weir.access.Register;
import io.weir.config.ConfigException;
import io.weir.prices.PriceBook;
import io.weir.prices.PriceEntry;
import io.weir.prices.Prices;
import io.weir.prices.Tier;
import io.weir.prices.TierRates;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where prices are looked after: set, removed, and read again from their files. What is set is in
 * the audit log before it counts.
 */
public final class PriceDesk {
    /** What deeds that change no single price are kept under in the audit log. */
    static final String AUDITED = "prices";

    private final Control control;
    private final Register<PriceEntry> set;
    private final Prices prices;
    private final PricePlan plan;
    private final LiveModels models;
    private final InstantSource clock;

    /**
     * What was read again.
     *
     * @param entries in the price file; 0 without one
     */
    public record Reloaded(int entries, LiveModels.Standing models) {}

    /**
     * What was set by command counts from now on, and what is in the files.
     *
     * @throws ConfigException where the price file cannot be used
     */
    public PriceDesk(Control control, Prices prices, PricePlan plan, InstantSource clock) {
        this.control = control;
        this.set = control.register(SetPrice.KIND);
        this.prices = prices;
        this.plan = plan;
        this.models = new LiveModels(plan.models(), clock);
        this.clock = clock;
        try {
            readFile();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("prices_file: " + e.getMessage() + ".");
        }
        set.follow((id, before, after) -> {
            prices.set(Prices.Layer.COMMAND, apart(set.ids().stream().map(set::get).toList()));
        });
    }

    /** The book in force, and where its entries come from. */
    public Prices prices() {
        return prices;
    }

    /** The catalogue in force. */
    public LiveModels models() {
        return models;
    }

    /** What {@link #reload} reads again, as the configuration names it. */
    public List<String> sources() {
        return plan.places();
    }

    /** Reads the catalogue for the first time: at once, or aside where that may take its time. */
    public void start() {
        if (models.isFar()) {
            Thread.ofVirtual().name("weir-models").start(this::readModels);
        } else {
            readModels();
        }
    }

    /**
     * Sets prices. Tiers that are not given keep the prices they have; a price holds for inputs of
     * any length unless it says otherwise; the other names of the model share it.
     *
     * @return what counts now
     * @throws IOException where the log cannot be written; nothing has changed then
     */
    public PriceEntry set(Actor by, PriceEntry given) throws IOException {
        PriceEntry whole = completed(given);
        set.put(by, SetPrice.id(whole.model(), whole.from()), whole);
        return whole;
    }

    /**
     * Removes a price that was set: the one that it took the place of counts again.
     *
     * @param from the day from which it counts; null for the one without a day
     * @throws NoSuchElementException saying what was set of that model
     * @throws IOException where the log cannot be written; nothing has changed then
     */
    public PriceEntry remove(Actor by, String model, @Nullable LocalDate from) throws IOException {
        String id = SetPrice.id(model, from);
        PriceEntry entry =
                set.find(id)
                        .orElseThrow(() ->
                                new NoSuchElementException(
                                        "no price '%s' was set; what was is %s"
                                                .formatted(id, said(model))));
        set.remove(by, id);
        return entry;
    }

    /**
     * Reads the price file and the catalogue again.
     *
     * @throws IllegalArgumentException saying which entry of the price file is wrong; nothing has
     *     changed then
     * @throws IOException where the log cannot be written
     */
    public Reloaded reload(Actor by) throws IOException, InterruptedException {
        int entries = readFile();
        LiveModels.Standing read = models.read();
        ObjectNode note = Json.MAPPER.createObjectNode();
        note.put("entries", entries).put("models", read.place());
        note.put("problem", read.problem());
        control.note(by, "reload", AUDITED, "files", null, note);
        return new Reloaded(entries, read);
    }

    /**
     * Checks prices by what was used.
     *
     * @param used in that time before now
     * @param near how long before its end a model is told
     */
    public PriceCheck check(CallStore store, Duration used, Duration near) throws StoreUnavailable {
        return PriceCheck.of(store, prices, models.get(), clock.instant(), used, near);
    }

    private void readModels() {
        try {
            models.read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int readFile() {
        @Nullable Path from = plan.file();
        if (from == null) {
            return 0;
        }
        try {
            List<PriceEntry> entries = PriceBook.parse(Files.readAllBytes(from)).entries();
            prices.set(Prices.Layer.FILE, entries);
            return entries.size();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s cannot be read: %s".formatted(from, e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(from + ": " + e.getMessage(), e);
        }
    }

    private PriceEntry completed(PriceEntry given) {
        LocalDate day =
                given.from() == null
                        ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                        : given.from();
        PriceEntry base =
                prices.get()
                        .entry(given.model(), day.atStartOfDay(ZoneOffset.UTC).toInstant())
                        .filter(entry -> entry.names().contains(given.model()))
                        .orElse(given);
        boolean own = base.model().equals(given.model()) && given.aliases().isEmpty();
        long above = Math.max(given.longContextAbove(), keptAbove(base, given));
        return new PriceEntry(
                given.model(),
                own ? base.aliases() : given.aliases(),
                given.from(),
                base.deprecated(),
                given.agreedBy(),
                given.disputedBy(),
                given.billedBy(),
                above,
                tiers(base, given, above));
    }

    /** Where tiers that keep their prices have further ones for long inputs. */
    private static long keptAbove(PriceEntry base, PriceEntry given) {
        boolean keeps =
                given.longContextAbove() == 0
                        && base.tiers().entrySet().stream()
                                .anyMatch(tier ->
                                        !given.tiers().containsKey(tier.getKey())
                                                && tier.getValue().longContext() != null);
        return keeps ? base.longContextAbove() : 0;
    }

    private static Map<Tier, TierRates> tiers(PriceEntry base, PriceEntry given, long above) {
        Map<Tier, TierRates> tiers = new EnumMap<>(Tier.class);
        if (given.billedBy().equals(PriceEntry.TOKENS)) {
            tiers.putAll(base.tiers());
        }
        tiers.putAll(given.tiers());
        tiers.replaceAll((tier, rates) ->
                above > 0 && rates.longContext() == null
                        ? new TierRates(rates.rates(), rates.rates())
                        : rates);
        return tiers;
    }

    /**
     * Those entries with each name in one of a day only: an entry of its own goes before another's
     * alias.
     */
    private static List<PriceEntry> apart(Iterable<PriceEntry> all) {
        Set<String> taken = new HashSet<>();
        all.forEach(entry -> taken.add(entry.model() + "@" + entry.begin()));
        List<PriceEntry> apart = new ArrayList<>();
        for (PriceEntry entry : all) {
            List<String> aliases =
                    entry.aliases().stream()
                            .filter(alias -> taken.add(alias + "@" + entry.begin()))
                            .toList();
            apart.add(entry.named(entry.model(), aliases));
        }
        return apart;
    }

    private String said(String model) {
        List<String> ids =
                set.ids().stream()
                        .filter(id ->
                                set.find(id).stream()
                                        .anyMatch(entry -> entry.names().contains(model)))
                        .toList();
        return ids.isEmpty() ? "nothing of this model" : String.join(", ", ids);
    }
}
