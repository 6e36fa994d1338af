package io.weir.pricing;

import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.wire.Json;
import io.weir.wire.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was found out of calls without a price. Mutable, for one thread. */
public final class Findings {
    /** Names of models are the clients': what is beyond is added up under no name. */
    private static final int MOST_GROUPS = 100;

    private static final String OTHERS = "others";

    private final Map<String, Sum> byPrice = new LinkedHashMap<>();
    private final Map<String, Long> left = new LinkedHashMap<>();
    private long calls;
    private long tokens;
    private long nanoUsd;
    private long leftCalls;

    /** Nothing found yet. */
    public Findings() {}

    /**
     * Calls that one price counts for.
     *
     * @param price its id, or {@code free}
     */
    public record Sum(String price, long calls, long tokens, long nanoUsd) {
        private Sum plus(long moreTokens, long moreNanoUsd) {
            return new Sum(price, calls + 1, tokens + moreTokens, nanoUsd + moreNanoUsd);
        }
    }

    /** How many calls have a price now. */
    public long calls() {
        return calls;
    }

    /** What they cost together. */
    public long nanoUsd() {
        return nanoUsd;
    }

    /** How many calls still have none. */
    public long leftCalls() {
        return leftCalls;
    }

    /** By prices, the most money first. */
    public List<Sum> sums() {
        List<Sum> sums = new ArrayList<>(byPrice.values());
        sums.sort(Comparator.comparingLong(Sum::nanoUsd).reversed().thenComparing(Sum::price));
        return sums;
    }

    /** As the admin API and the audit log show it. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("calls", calls).put("tokens", tokens);
        json.put("nano_usd", nanoUsd).put("usd", Money.usd(nanoUsd));
        ArrayNode each = json.putArray("by_price");
        for (Sum sum : sums()) {
            ObjectNode one = each.addObject();
            one.put("price_id", sum.price()).put("calls", sum.calls());
            one.put("tokens", sum.tokens()).put("nano_usd", sum.nanoUsd());
            one.put("usd", Money.usd(sum.nanoUsd()));
        }
        json.put("left_calls", leftCalls);
        ArrayNode reasons = json.putArray("left");
        left.forEach(
                (reason, count) -> reasons.addObject().put("reason", reason).put("calls", count));
        return json;
    }

    void priced(CallRecord call, Cost cost) {
        String id = cost instanceof Cost.Priced priced ? priced.priceId() : cost.state();
        Long known = cost.nanoUsdOrNull();
        long amount = known == null ? 0 : known;
        long used = call.usage().total();
        calls++;
        tokens += used;
        nanoUsd += amount;
        byPrice.merge(
                bounded(byPrice, id),
                new Sum(bounded(byPrice, id), 1, used, amount),
                (before, more) -> before.plus(used, amount));
    }

    void left(String reason) {
        leftCalls++;
        left.merge(bounded(left, reason), 1L, Long::sum);
    }

    private static String bounded(Map<String, ?> groups, String name) {
        return groups.containsKey(name) || groups.size() < MOST_GROUPS ? name : OTHERS;
    }
}
