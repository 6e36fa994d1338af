package io.weir.focus;

import static io.weir.focus.FocusColumn.BILLED_COST;
import static io.weir.focus.FocusColumn.CHARGE_CATEGORY;
import static io.weir.focus.FocusColumn.CHARGE_DESCRIPTION;
import static io.weir.focus.FocusColumn.CONSUMED_QUANTITY;
import static io.weir.focus.FocusColumn.CONSUMED_UNIT;
import static io.weir.focus.FocusColumn.CONTRACTED_COST;
import static io.weir.focus.FocusColumn.CONTRACTED_UNIT_PRICE;
import static io.weir.focus.FocusColumn.EFFECTIVE_COST;
import static io.weir.focus.FocusColumn.ESTIMATED_QUANTITY;
import static io.weir.focus.FocusColumn.LIST_COST;
import static io.weir.focus.FocusColumn.LIST_UNIT_PRICE;
import static io.weir.focus.FocusColumn.NOTE;
import static io.weir.focus.FocusColumn.PRICING_CATEGORY;
import static io.weir.focus.FocusColumn.PRICING_QUANTITY;
import static io.weir.focus.FocusColumn.PRICING_UNIT;
import static io.weir.focus.FocusColumn.SKU_ID;
import static io.weir.focus.FocusColumn.SKU_METER;
import static io.weir.focus.FocusColumn.SKU_PRICE_ID;
import static io.weir.focus.FocusColumn.TOKEN_PART;

import io.weir.prices.Part;
import io.weir.prices.PriceBook;
import io.weir.prices.Rates;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of a {@link Charge}: one for each part of its tokens, whose quantity times its
 * price is its cost exactly, and one for what rounding each call to the nano-dollar has made of
 * their sum, so that all of them add up to what the ledger has. Belongs to one thread.
 */
final class FocusRows {
    private static final int MILLION_DIGITS = 6;
    private static final BigDecimal NOTHING = BigDecimal.ZERO;

    private static final String OTHER_PRICES =
            "the price book has other prices under this id by now: the cost is the ledger's";

    private final PriceBook prices;
    private final Map<String, Optional<Rates>> rates = new HashMap<>();

    FocusRows(PriceBook prices) {
        this.prices = prices;
    }

    /** The rows' own cells, without what a charge's rows share. */
    List<Map<FocusColumn, String>> of(Charge charge) {
        return switch (charge.state()) {
            case "priced" -> priced(charge);
            case "free" -> parts(charge, NOTHING, null);
            default -> unpriced(charge);
        };
    }

    private List<Map<FocusColumn, String>> priced(Charge charge) {
        String priceId = charge.priceId();
        Rates known = priceId == null ? null : rates(priceId).orElse(null);
        BigDecimal rounding =
                known == null || !coversAll(charge, known)
                        ? null
                        : charge.rounding(picoUsd(charge, known));
        if (known == null || rounding == null) {
            return List.of(whole(charge));
        }
        List<Map<FocusColumn, String>> rows = new ArrayList<>();
        charge.tokens().keySet().stream()
                .sorted()
                .forEach(part -> rows.add(priced(charge, part, part.rate(known))));
        if (rounding.signum() != 0) {
            rows.add(rounding(rounding));
        }
        return rows;
    }

    private Optional<Rates> rates(String priceId) {
        return rates.computeIfAbsent(priceId, prices::rates);
    }

    private static boolean coversAll(Charge charge, Rates rates) {
        return charge.tokens().keySet().stream().allMatch(part -> part.rate(rates) >= 0);
    }

    private static BigInteger picoUsd(Charge charge, Rates rates) {
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<Part, Long> part : charge.tokens().entrySet()) {
            BigInteger tokens = BigInteger.valueOf(part.getValue());
            sum = sum.add(tokens.multiply(BigInteger.valueOf(part.getKey().rate(rates))));
        }
        return sum;
    }

    /** A pico-dollar a token is a micro-dollar a million of them. */
    private static Map<FocusColumn, String> priced(Charge charge, Part part, long picoUsd) {
        Map<FocusColumn, String> row = part(charge, part);
        BigDecimal price = BigDecimal.valueOf(picoUsd, MILLION_DIGITS);
        BigDecimal cost = price.multiply(millions(charge.tokens().getOrDefault(part, 0L)));
        price(row, price);
        cost(row, cost);
        row.put(SKU_PRICE_ID, charge.priceId() + "/" + part.word());
        return row;
    }

    private static List<Map<FocusColumn, String>> parts(
            Charge charge, @Nullable BigDecimal cost, @Nullable String note) {
        List<Map<FocusColumn, String>> rows = new ArrayList<>();
        charge.tokens().keySet().stream()
                .sorted()
                .forEach(part -> {
                    Map<FocusColumn, String> row = part(charge, part);
                    if (cost != null) {
                        price(row, cost);
                        cost(row, cost);
                    }
                    note(row, note);
                    rows.add(row);
                });
        return rows;
    }

    private static List<Map<FocusColumn, String>> unpriced(Charge charge) {
        if (!charge.tokens().isEmpty()) {
            return parts(charge, null, charge.reason());
        }
        Map<FocusColumn, String> row = usage(charge, "requests", "Requests");
        quantity(row, BigDecimal.valueOf(charge.calls()), "Requests");
        row.put(PRICING_QUANTITY, Long.toString(charge.calls()));
        row.put(PRICING_UNIT, "Requests");
        note(row, charge.reason());
        return List.of(row);
    }

    /** All of a charge in one row, where its prices are not known any more. */
    private static Map<FocusColumn, String> whole(Charge charge) {
        Map<FocusColumn, String> row = usage(charge, "tokens", "Tokens");
        tokens(row, charge.allTokens(), charge.allEstimated());
        BigDecimal cost = charge.usd();
        cost(row, cost == null ? NOTHING : cost);
        row.put(SKU_PRICE_ID, charge.priceId() + "/tokens");
        note(row, OTHER_PRICES);
        return row;
    }

    private static Map<FocusColumn, String> part(Charge charge, Part part) {
        Map<FocusColumn, String> row = usage(charge, part.word(), meter(part));
        tokens(
                row,
                charge.tokens().getOrDefault(part, 0L),
                charge.estimated().getOrDefault(part, 0L));
        row.put(CHARGE_DESCRIPTION, charge.model() + ", " + part.description());
        row.put(TOKEN_PART, part.word());
        return row;
    }

    private static Map<FocusColumn, String> usage(Charge charge, String what, String meter) {
        Map<FocusColumn, String> row = new EnumMap<>(FocusColumn.class);
        row.put(CHARGE_CATEGORY, "Usage");
        row.put(PRICING_CATEGORY, "Standard");
        row.put(CHARGE_DESCRIPTION, charge.model() + ", " + what);
        row.put(SKU_ID, sku(charge) + "/" + what);
        row.put(SKU_METER, meter);
        return row;
    }

    /** The model as the price book names it, so that each price is of one thing. */
    private static String sku(Charge charge) {
        String priceId = charge.priceId();
        if (priceId == null) {
            return charge.model();
        }
        String entry = priceId.substring(0, Math.max(0, priceId.lastIndexOf('/')));
        int day = entry.lastIndexOf('@');
        return day < 0 ? entry : entry.substring(0, day);
    }

    private static Map<FocusColumn, String> rounding(BigDecimal usd) {
        Map<FocusColumn, String> row = new EnumMap<>(FocusColumn.class);
        row.put(CHARGE_CATEGORY, "Adjustment");
        row.put(CHARGE_DESCRIPTION, "each call is rounded to the nano-dollar");
        cost(row, usd);
        return row;
    }

    private static void tokens(Map<FocusColumn, String> row, long tokens, long estimated) {
        quantity(row, BigDecimal.valueOf(tokens), "Tokens");
        row.put(PRICING_QUANTITY, text(millions(tokens)));
        row.put(PRICING_UNIT, "1000000 Tokens");
        row.put(ESTIMATED_QUANTITY, Long.toString(estimated));
    }

    private static void quantity(Map<FocusColumn, String> row, BigDecimal quantity, String unit) {
        row.put(CONSUMED_QUANTITY, text(quantity));
        row.put(CONSUMED_UNIT, unit);
    }

    private static void price(Map<FocusColumn, String> row, BigDecimal usd) {
        row.put(LIST_UNIT_PRICE, text(usd));
        row.put(CONTRACTED_UNIT_PRICE, text(usd));
    }

    /** Weir knows one price of a thing, and no other: the book's, with what overrides it. */
    private static void cost(Map<FocusColumn, String> row, BigDecimal usd) {
        List.of(BILLED_COST, CONTRACTED_COST, EFFECTIVE_COST, LIST_COST)
                .forEach(column -> row.put(column, text(usd)));
    }

    private static void note(Map<FocusColumn, String> row, @Nullable String note) {
        if (note != null) {
            row.put(NOTE, note);
        }
    }

    private static BigDecimal millions(long tokens) {
        return BigDecimal.valueOf(tokens, MILLION_DIGITS);
    }

    private static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String meter(Part part) {
        return switch (part) {
            case INPUT -> "Input Tokens";
            case CACHE_READ -> "Cached Input Tokens";
            case CACHE_WRITE -> "Cache Write Tokens";
            case INPUT_AUDIO -> "Audio Input Tokens";
            case INPUT_IMAGE -> "Image Input Tokens";
            case OUTPUT -> "Output Tokens";
            case REASONING -> "Reasoning Tokens";
            case OUTPUT_AUDIO -> "Audio Output Tokens";
            case OUTPUT_IMAGE -> "Image Output Tokens";
        };
    }
}
