package io.weir.web;

import io.weir.access.Actor;
import io.weir.http.Access;
import io.weir.http.Query;
import io.weir.prices.PriceEntry;
import io.weir.prices.PriceJson;
import io.weir.pricing.PriceDesk;
import io.weir.pricing.Repricer;
import io.weir.pricing.Repricing;
import io.weir.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What can be done to prices on their page. */
final class PriceForms {
    /** The fields of the form, and what the price file calls them. */
    private static final Map<String, String> PARTS =
            Map.of("input", "input", "cached", "cache_read", "output", "output");

    private final PriceDesk desk;
    private final Repricing repricing;

    PriceForms(PriceDesk desk, Repricing repricing) {
        this.desk = desk;
        this.repricing = repricing;
    }

    List<Form> all() {
        return List.of(
                new Form("/prices/set", Access.ADMIN_SESSION, this::set),
                new Form("/prices/remove", Access.ADMIN_SESSION, this::remove),
                new Form("/prices/reprice", Access.ADMIN_SESSION, this::reprice),
                new Form("/prices/reload", Access.ADMIN_SESSION, this::reload));
    }

    private Answer set(Visit visit, Query fields) {
        PriceEntry wanted = wanted(fields);
        return Deed.answer(() -> {
            desk.set(actor(visit), wanted);
            return shown(wanted.model(), "price-set");
        });
    }

    private Answer remove(Visit visit, Query fields) {
        String model = Fields.text(fields, "model");
        String from = Fields.text(fields, "from");
        return Deed.answer(() -> {
            desk.remove(actor(visit), model, from.isEmpty() ? null : day(from));
            return shown(model, "price-removed");
        });
    }

    private Answer reprice(Visit visit, Query fields) {
        return lasting("repriced", () -> repricing.reprice(actor(visit), Repricer.Range.ALL));
    }

    private Answer reload(Visit visit, Query fields) {
        return lasting("prices-read", () -> desk.reload(actor(visit)));
    }

    /** A change that takes its time, so that a stop may come in between. */
    private static Answer lasting(String notice, Lasting change) {
        return Deed.changed(
                "/prices",
                notice,
                () -> {
                    try {
                        change.make();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("Weir is stopping", e);
                    }
                });
    }

    @FunctionalInterface
    private interface Lasting {
        void make() throws IOException, InterruptedException;
    }

    private static Answer shown(String model, String notice) {
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8);
        return new Answer.Redirect("/prices?name=%s&all=true&notice=%s".formatted(name, notice));
    }

    private static PriceEntry wanted(Query fields) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("model", Fields.text(fields, "model"));
        String from = Fields.text(fields, "from");
        if (!from.isEmpty()) {
            json.put("from", day(from).toString());
        }
        ObjectNode rates = json.putObject("tiers").putObject(Fields.text(fields, "tier"));
        PARTS.forEach((field, part) -> {
            String usd = Fields.text(fields, field);
            if (!usd.isEmpty()) {
                rates.put(part, usd(usd));
            }
        });
        return PriceJson.entry(json);
    }

    private static BigDecimal usd(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a price is written 2.5 or 0.075, not '%s'".formatted(text), e);
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a day is written 2026-12-01, not '%s'".formatted(text), e);
        }
    }

    private static Actor actor(Visit visit) {
        return visit.visitor().actor();
    }
}
