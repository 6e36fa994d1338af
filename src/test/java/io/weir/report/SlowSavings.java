package io.weir.report;

import io.weir.call.CallRecord;
import io.weir.call.Cost;
import io.weir.call.Fingerprint;
import io.weir.prices.PriceBook;
import io.weir.prices.Rates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What each way would have saved, call by call and as the words say it: slow, and obviously right.
 *
 * @param calls the oldest first
 */
record SlowSavings(List<CallRecord> calls, PriceBook prices) {
    /** How many calls, what they cost, what of it would have been saved. */
    record Sums(long calls, long cost, long saved) {}

    SlowSavings {
        calls =
                calls.stream()
                        .sorted(
                                Comparator.comparing(CallRecord::receivedAt)
                                        .thenComparing(CallRecord::id))
                        .toList();
    }

    /** Every answer to a request that had one before. */
    Sums duplicates() {
        List<CallRecord> again = new ArrayList<>();
        List<CallRecord> paid = paid();
        for (int i = 0; i < paid.size(); i++) {
            CallRecord call = paid.get(i);
            if (paid.subList(0, i).stream().anyMatch(earlier -> equal(earlier, call))) {
                again.add(call);
            }
        }
        return new Sums(again.size(), cost(again), cost(again));
    }

    /** Every call that was paid for, did not end well, and was made again soon. */
    Sums retries() {
        List<CallRecord> lost = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            CallRecord call = calls.get(i);
            boolean delivered = call.answer().outcome().equals("completed");
            CallRecord next =
                    calls.subList(i + 1, calls.size()).stream()
                            .filter(later -> equal(later, call))
                            .filter(later -> !later.answer().outcome().equals("refused"))
                            .findFirst()
                            .orElse(null);
            if (!delivered
                    && !call.answer().outcome().equals("refused")
                    && costOf(call) > 0
                    && next != null
                    && within(call, next, Duration.ofMinutes(10))) {
                lost.add(call);
            }
        }
        return new Sums(lost.size(), cost(lost), cost(lost));
    }

    /** Beginnings that were the same five minutes before, and not read from the cache. */
    Sums promptCache() {
        List<CallRecord> missed = new ArrayList<>();
        BigDecimal pico = BigDecimal.ZERO;
        List<CallRecord> paid = paid();
        for (int i = 0; i < paid.size(); i++) {
            CallRecord call = paid.get(i);
            long missing = same(call, paid.subList(0, i)) - call.usage().cacheRead();
            Rates rates = rates(call);
            if (missing > 0 && rates.input() > rates.cacheRead()) {
                missed.add(call);
                pico = pico.add(times(missing, rates.input() - rates.cacheRead()));
            }
        }
        return new Sums(missed.size(), cost(missed), nano(pico));
    }

    private static long same(CallRecord call, List<CallRecord> before) {
        Fingerprint fingerprint = call.request().fingerprint();
        long most = 0;
        for (int level = 0;
                fingerprint != null && level < fingerprint.beginnings().size();
                level++) {
            int at = level;
            boolean alike =
                    before.stream()
                            .filter(other -> isOneKind(other, call))
                            .filter(other -> within(other, call, Duration.ofMinutes(5)))
                            .map(other -> other.request().fingerprint())
                            .filter(Objects::nonNull)
                            .filter(other -> other.beginnings().size() > at)
                            .anyMatch(other ->
                                    other.beginnings()
                                            .get(at)
                                            .equals(fingerprint.beginnings().get(at)));
            if (alike) {
                long bytes = Fingerprint.bytes(level);
                long tokens =
                        Math.min(
                                call.usage().inputTotal() * bytes / call.request().bytes(),
                                bytes / 4);
                most = tokens / 128 * 128;
            }
        }
        return most < 1_024 ? 0 : most;
    }

    private static boolean isOneKind(CallRecord one, CallRecord other) {
        return sameProject(one, other)
                && Objects.equals(one.answer().upstream(), other.answer().upstream())
                && Objects.equals(one.request().model(), other.request().model());
    }

    /** Prompts beyond four times the median, cut to twice the median. */
    Sums longPrompts() {
        List<CallRecord> cut = new ArrayList<>();
        BigDecimal pico = BigDecimal.ZERO;
        for (CallRecord call : paid()) {
            List<CallRecord> peers = peers(call);
            long input = call.usage().inputTotal();
            long median = quantile(peers, 0.5, peer -> peer.usage().inputTotal());
            if (peers.size() >= 50 && input > 4 * median && input - median >= 1_000) {
                long excess = input - 2 * median;
                long cached = Math.min(excess, call.usage().cacheRead());
                cut.add(call);
                pico =
                        pico.add(times(excess - cached, rates(call).input()))
                                .add(times(cached, rates(call).cacheRead()));
            }
        }
        return new Sums(cut.size(), cost(cut), nano(pico));
    }

    /** Bounds of four times what is ever used, cut to twice. */
    Sums maxTokens() {
        List<CallRecord> large = new ArrayList<>();
        BigDecimal pico = BigDecimal.ZERO;
        for (CallRecord call : paid()) {
            List<CallRecord> peers = peers(call);
            long most = quantile(peers, 0.99, peer -> peer.usage().outputTotal());
            long bound = call.request().maxTokens();
            if (peers.size() >= 50 && bound >= 4 * most && bound - most >= 256) {
                large.add(call);
                long excess = Math.max(0, call.usage().outputTotal() - 2 * most);
                pico = pico.add(times(excess, rates(call).output()));
            }
        }
        return new Sums(large.size(), cost(large), nano(pico));
    }

    /** All calls to one model, at the prices of another. */
    Sums cheaperModel(String model, String other) {
        List<CallRecord> all =
                paid().stream().filter(call -> model.equals(call.request().model())).toList();
        Rates rates = prices.rates(other + "/standard").orElseThrow();
        BigDecimal pico = BigDecimal.ZERO;
        for (CallRecord call : all) {
            pico =
                    pico.add(times(call.usage().input(), rates.input()))
                            .add(times(call.usage().cacheRead(), rates.cacheRead()))
                            .add(times(call.usage().output(), rates.output()));
        }
        return new Sums(all.size(), cost(all), cost(all) - nano(pico));
    }

    private List<CallRecord> paid() {
        return calls.stream()
                .filter(call -> !call.answer().failed() && !call.isFromCache() && costOf(call) > 0)
                .toList();
    }

    private List<CallRecord> peers(CallRecord call) {
        return paid().stream()
                .filter(peer ->
                        sameProject(peer, call)
                                && Objects.equals(peer.caller(), call.caller())
                                && peer.request().endpoint().equals(call.request().endpoint())
                                && Objects.equals(peer.request().model(), call.request().model()))
                .toList();
    }

    /** The smallest value that no fewer than that share of all reach, or stay below. */
    private static long quantile(
            List<CallRecord> of, double share, ToLongFunction<CallRecord> value) {
        long[] sorted = of.stream().mapToLong(value).sorted().toArray();
        return sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }

    private static boolean equal(CallRecord one, CallRecord other) {
        Fingerprint its = one.request().fingerprint();
        Fingerprint others = other.request().fingerprint();
        return its != null
                && others != null
                && its.request() == others.request()
                && sameProject(one, other);
    }

    private static boolean sameProject(CallRecord one, CallRecord other) {
        return project(one).equals(project(other));
    }

    private static String project(CallRecord call) {
        return call.caller() == null ? "" : call.caller().project();
    }

    private static boolean within(CallRecord one, CallRecord next, Duration most) {
        return Duration.between(one.receivedAt(), next.receivedAt()).compareTo(most) <= 0;
    }

    private Rates rates(CallRecord call) {
        return prices.rates(((Cost.Priced) call.cost()).priceId()).orElseThrow();
    }

    private static long costOf(CallRecord call) {
        @Nullable Long cost = call.cost().nanoUsdOrNull();
        return cost == null ? 0 : cost;
    }

    private static long cost(List<CallRecord> of) {
        return of.stream().mapToLong(SlowSavings::costOf).sum();
    }

    private static BigDecimal times(long tokens, long rate) {
        return BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(rate));
    }

    private static long nano(BigDecimal pico) {
        return pico.movePointLeft(3).setScale(0, RoundingMode.DOWN).longValueExact();
    }
}
