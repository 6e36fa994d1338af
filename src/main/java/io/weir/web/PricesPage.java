package io.weir.web;

import io.weir.prices.Part;
import io.weir.prices.PriceEntry;
import io.weir.prices.PriceJson;
import io.weir.prices.Prices;
import io.weir.prices.Rates;
import io.weir.prices.Tier;
import io.weir.prices.TierRates;
import io.weir.pricing.PriceCheck;
import io.weir.pricing.PriceDesk;
import io.weir.pricing.PriceLine;
import io.weir.pricing.Repricing;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What models cost, what is used without a price, and what is used and ends. */
final class PricesPage implements Page {
    private static final int MOST = 300;
    private static final Duration USED = Duration.ofDays(30);
    private static final Duration NEAR = Duration.ofDays(90);

    private final PriceDesk desk;
    private final CallStore store;
    private final PriceForms forms;

    /**
     * What the template shows.
     *
     * @param rows of the prices that match, at most as many as are shown
     * @param matching how many match
     * @param name the filter: a part of a model's name
     * @param at the day asked about
     * @param all whether prices of other days are shown, too
     * @param wanted the model whose price is to be set; empty for any
     * @param catalogue why the catalogue of models is old; empty where it is not
     * @param files that prices and the catalogue of models are read from; empty where there are
     *     none
     */
    record Model(
            List<Row> rows,
            int matching,
            String name,
            String at,
            boolean all,
            PriceCheck check,
            boolean repricable,
            String wanted,
            String catalogue,
            String files,
            boolean admin,
            String csrf) {
        /** Where the price of that model can be set. */
        String setting(String model) {
            return "/prices?set=" + URLEncoder.encode(model, StandardCharsets.UTF_8) + "#set";
        }
    }

    /**
     * The prices of a tier.
     *
     * @param first whether it is the first of its entry
     * @param note what else there is to say of it
     */
    record Row(
            PriceLine line,
            boolean first,
            String tier,
            String input,
            String cached,
            String output,
            String note) {
        PriceEntry entry() {
            return line.entry();
        }

        /** Whether it was set by command, and so can be removed. */
        boolean removable() {
            return first && line.origin().equals(Prices.Layer.COMMAND.word());
        }
    }

    PricesPage(PriceDesk desk, Repricing repricing, CallStore store) {
        this.desk = desk;
        this.store = store;
        this.forms = new PriceForms(desk, repricing);
    }

    @Override
    public String path() {
        return "/prices";
    }

    @Override
    public String title() {
        return "Prices";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.SYSTEM, "tag"));
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
    public Answer answer(Visit visit) throws StoreUnavailable {
        String name = visit.view().parameter("name").strip();
        LocalDate day = day(visit.view().parameter("at"), visit.now());
        boolean all = visit.view().parameter("all").equals("true");
        List<PriceLine> lines =
                PriceLine.of(
                        desk.prices(),
                        desk.models().get(),
                        name,
                        day.atStartOfDay(ZoneOffset.UTC).toInstant(),
                        all);
        PriceCheck check = desk.check(store, USED, NEAR);
        String problem = desk.models().standing().problem();
        return Answer.view(
                "prices",
                new Model(
                        lines.stream().flatMap(line -> rows(line).stream()).limit(MOST).toList(),
                        lines.size(),
                        name,
                        day.toString(),
                        all,
                        check,
                        check.unpriced().stream().anyMatch(PriceCheck.Unpriced::priced),
                        visit.view().parameter("set"),
                        problem == null ? "" : problem,
                        String.join(" and ", desk.sources()),
                        visit.visitor().isAdmin(),
                        visit.visitor().csrf()));
    }

    private static LocalDate day(String text, Instant now) {
        try {
            return text.isEmpty()
                    ? LocalDate.ofInstant(now, ZoneOffset.UTC)
                    : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a day is written 2026-12-01, not '%s'".formatted(text), e);
        }
    }

    private static List<Row> rows(PriceLine line) {
        PriceEntry entry = line.entry();
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<Tier, TierRates> tier : new TreeMap<>(entry.tiers()).entrySet()) {
            Rates rates = tier.getValue().rates();
            rows.add(
                    new Row(
                            line,
                            rows.isEmpty(),
                            tier.getKey().word(),
                            usd(rates, Part.INPUT),
                            usd(rates, Part.CACHE_READ),
                            usd(rates, Part.OUTPUT),
                            note(line, tier.getValue().longContext())));
        }
        if (rows.isEmpty()) {
            String billed =
                    entry.billedBy().equals(PriceEntry.NOTHING)
                            ? "free"
                            : "billed by the " + entry.billedBy();
            rows.add(new Row(line, true, "", "", "", "", billed));
        }
        return rows;
    }

    private static String note(PriceLine line, @Nullable Rates longContext) {
        PriceEntry entry = line.entry();
        List<String> notes = new ArrayList<>();
        if (!line.inForce()) {
            notes.add("not in force that day");
        }
        if (longContext != null) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "above %,d input tokens %s, %s, %s",
                            entry.longContextAbove(),
                            usd(longContext, Part.INPUT),
                            usd(longContext, Part.CACHE_READ),
                            usd(longContext, Part.OUTPUT)));
        }
        if (!entry.disputedBy().isEmpty()) {
            notes.add("disputed by " + String.join(", ", entry.disputedBy()));
        }
        return String.join("; ", notes);
    }

    private static String usd(Rates rates, Part part) {
        long rate = part.rate(rates);
        return rate == Rates.ABSENT ? "–" : PriceJson.usdPerMillion(rate).toPlainString();
    }
}
