package io.weir.emulator;

import io.weir.prices.Part;
import io.weir.prices.PriceBook;
import io.weir.prices.Rates;
import io.weir.wire.Usage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Uses that share what a question groups them by, added up.
 *
 * @param by the fields that can be grouped by, null where they are not
 * @param tokens those that the money is for
 */
record Billed(
        Map<String, @Nullable String> by,
        long requests,
        Usage usage,
        BigInteger picoUsd,
        long tokens) {
    private static final int PICO_DIGITS = 12;

    /** Both together. */
    Billed plus(Billed other) {
        return new Billed(
                by,
                requests + other.requests,
                usage.plus(other.usage),
                picoUsd.add(other.picoUsd),
                tokens + other.tokens);
    }

    /** The money in dollars. */
    BigDecimal usd() {
        return new BigDecimal(picoUsd, PICO_DIGITS);
    }

    /** What usage shows of some calls. */
    static List<Billed> usage(UsageQuery asked, Used used) {
        Map<String, @Nullable String> by = common(asked, used);
        by.put("user_id", asked.grouped("user_id", one -> "user-emulated", used));
        by.put("model", asked.grouped("model", Used::model, used));
        by.put("batch", asked.grouped("batch", one -> "false", used));
        by.put("service_tier", asked.grouped("service_tier", Used::tier, used));
        return List.of(new Billed(by, used.requests(), used.usage(), BigInteger.ZERO, 0));
    }

    /** What a bill shows of some calls: a line for each kind of token that has a price. */
    static List<Billed> costs(UsageQuery asked, Used used, PriceBook prices) {
        String priceId = used.priceId();
        Rates rates = priceId == null ? null : prices.rates(priceId).orElse(null);
        List<Billed> lines = new ArrayList<>();
        if (priceId == null || rates == null) {
            return lines;
        }
        UsageResults.PARTS_BY_LINE.forEach((words, parts) -> {
            Map<String, @Nullable String> by = common(asked, used);
            by.put(
                    "line_item",
                    asked.grouped(
                            "line_item", one -> UsageResults.line(one, priceId, words), used));
            Billed line = line(by, parts, used, rates);
            if (line.tokens > 0) {
                lines.add(line);
            }
        });
        return lines;
    }

    private static Billed line(
            Map<String, @Nullable String> by, List<Part> parts, Used used, Rates rates) {
        BigInteger picoUsd = BigInteger.ZERO;
        long tokens = 0;
        for (Part part : parts) {
            long count = part.tokens(used.usage());
            if (count > 0) {
                BigInteger rate = BigInteger.valueOf(part.rate(rates));
                picoUsd = picoUsd.add(rate.multiply(BigInteger.valueOf(count)));
                tokens += count;
            }
        }
        return new Billed(by, used.requests(), used.usage(), picoUsd, tokens);
    }

    private static Map<String, @Nullable String> common(UsageQuery asked, Used used) {
        Map<String, @Nullable String> by = new LinkedHashMap<>();
        by.put("project_id", asked.grouped("project_id", Used::project, used));
        by.put("api_key_id", asked.grouped("api_key_id", Used::apiKey, used));
        return by;
    }
}
