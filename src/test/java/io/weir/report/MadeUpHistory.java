package io.weir.report;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.report.Anomaly.Kind;
import io.weir.store.RollupFiller.Logs;
import io.weir.store.RollupFiller.Sum;
import io.weir.wire.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Some days of three keys and two models: a rhythm of the day and of the week, growth, noise that
 * is larger than chance, and one plant. Calls themselves are made for the last day only, and only
 * where the plant needs them.
 */
final class MadeUpHistory {
    private static final double LEAST_CALLS = 25;
    private static final List<String> NAMES = List.of("web", "jobs", "mail");

    private final int number;
    private final RandomGenerator random;
    private final Instant start;
    private final Instant end;
    private final Plant plant;
    private final boolean withCalls;
    private final double[] busyness = new double[NAMES.size()];
    private final double growth;
    private final double weekend;
    private final double failing;
    private long made;

    MadeUpHistory(
            int number, RandomGenerator random, Instant end, Kind[] kinds, boolean withCalls) {
        this.number = number;
        this.random = random;
        this.end = end;
        this.start = end.minus(Duration.ofDays(random.nextInt(2, 15)));
        this.withCalls = withCalls;
        this.growth = random.nextDouble(0.99, 1.03);
        this.weekend = random.nextDouble(0.3, 1);
        this.failing = random.nextDouble(0.002, 0.02);
        for (int i = 0; i < busyness.length; i++) {
            busyness[i] = random.nextDouble(3, withCalls ? 8 : 20);
        }
        String key = key(random.nextInt(NAMES.size()));
        this.plant = Plant.any(random, kinds.length == 0 ? null : kinds[0], key, end);
    }

    Plant plant() {
        return plant;
    }

    Instant end() {
        return end;
    }

    /** Whether there are too few calls for anyone to tell, or for a silence too short a past. */
    boolean hopeless() {
        double rate = rate(keyIndex(), plant.from());
        long cells = Duration.between(plant.from(), plant.until()).dividedBy(Rollup.WIDTH);
        return switch (plant.kind()) {
            case null -> true;
            case SILENCE -> Duration.between(start, plant.from()).toDays() < 4 || rate < 4;
            case ERRORS, LATENCY, FIRST_TOKEN, TOKENS -> rate * cells < LEAST_CALLS;
            case VOLUME, SPEND, LOOP -> false;
        };
    }

    List<Sum> sums() {
        List<Sum> sums = new ArrayList<>();
        Instant last = withCalls ? callsFrom() : end;
        for (Instant at = start; at.isBefore(last); at = at.plus(Rollup.WIDTH)) {
            for (int i = 0; i < NAMES.size(); i++) {
                int calls = calls(i, at);
                int small = (int) Math.round(calls * (0.5 + 0.1 * random.nextGaussian()));
                add(sums, at, i, "a", Math.clamp(small, 0, calls));
                add(sums, at, i, "b", calls - Math.clamp(small, 0, calls));
            }
        }
        return sums;
    }

    /** The last day's calls, a health check of one key among them. */
    List<CallRecord> calls() {
        List<CallRecord> calls = new ArrayList<>();
        for (Instant at = callsFrom(); withCalls && at.isBefore(end); at = at.plus(Rollup.WIDTH)) {
            for (int i = 0; i < NAMES.size(); i++) {
                for (int n = calls(i, at); n > 0; n--) {
                    double seconds = random.nextDouble(300);
                    calls.add(
                            call(
                                    at,
                                    seconds,
                                    i,
                                    random.nextBoolean() ? "a" : "b",
                                    (long) skewed(2_000, 0.8)));
                }
            }
            for (int second = 0; second < 300; second += 15) {
                calls.add(call(at, second + random.nextDouble(), 0, "a", 300));
            }
            loop(at, calls);
        }
        return calls;
    }

    private void loop(Instant at, List<CallRecord> calls) {
        if (plant.kind() == Kind.LOOP && plant.covers(plant.key(), at)) {
            double gap = 300 / plant.strength();
            for (double second = 0; second < 300 - gap; second += gap) {
                double jitter = gap * 0.2 * random.nextDouble();
                calls.add(call(at, second + jitter, keyIndex(), "a", 5_000 + random.nextInt(40)));
            }
        }
    }

    private CallRecord call(Instant at, double seconds, int key, String model, long bytes) {
        Instant received = at.plusNanos(1_000 * (long) (seconds * 1e6));
        return CallRecords.at(received, number * 1_000_000L + made++)
                .key("id_" + key(key), key(key), "default")
                .model("model-" + number + model, null)
                .requestBytes(bytes)
                .latency((long) skewed(1_200, 0.6), 90)
                .usage(Usage.ofText(bytes / 4, 100), Confidence.PROVIDER)
                .cost(new Cost.Priced(bytes * 500, "p"))
                .build();
    }

    private Instant callsFrom() {
        return Rollup.start(end.minus(Duration.ofHours(30)), Duration.ofHours(1));
    }

    private int keyIndex() {
        return NAMES.indexOf(plant.key().substring(plant.key().indexOf('-') + 1));
    }

    private String key(int index) {
        return number + "-" + NAMES.get(index);
    }

    private int calls(int key, Instant at) {
        double rate = rate(key, at) * plant.times(Kind.VOLUME, key(key), at);
        rate *= plant.times(Kind.SILENCE, key(key), at);
        return poisson(rate * skewed(1, 0.15));
    }

    private double rate(int key, Instant at) {
        LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        double hour = time.getHour() + time.getMinute() / 60.0;
        double day =
                0.35 + 0.65 * Math.pow(Math.sin(Math.PI * Math.clamp(hour - 5, 0, 18) / 18), 2);
        double week = time.getDayOfWeek().getValue() > 5 ? weekend : 1;
        double days = Duration.between(start, at).toHours() / 24.0;
        return busyness[key] * day * week * Math.pow(growth, days);
    }

    private void add(List<Sum> sums, Instant at, int key, String model, int calls) {
        String name = key(key);
        double share =
                plant.kind() == Kind.ERRORS && plant.covers(name, at) ? plant.strength() : failing;
        int failed = 0;
        for (int i = 0; i < calls; i++) {
            failed += random.nextDouble() < share ? 1 : 0;
        }
        sum(sums, at, name, model, false, calls - failed);
        sum(sums, at, name, model, true, failed);
    }

    private void sum(
            List<Sum> sums, Instant at, String key, String model, boolean failed, int calls) {
        if (calls == 0) {
            return;
        }
        double tokens = 0;
        for (int i = 0; i < calls; i++) {
            tokens += failed ? 0 : skewed(900, 0.8);
        }
        tokens *= plant.times(Kind.TOKENS, key, at);
        double cost = tokens * 4_000 * plant.times(Kind.SPEND, key, at);
        double slower = plant.times(Kind.LATENCY, key, at);
        double later = plant.times(Kind.FIRST_TOKEN, key, at);
        sums.add(
                new Sum(
                        at,
                        key,
                        "model-" + number + model,
                        failed,
                        calls,
                        (long) tokens,
                        (long) cost,
                        logs(calls, 3_000 * slower, 0.7),
                        logs(failed ? 0 : calls, 400 * later, 0.5)));
    }

    private Logs logs(int calls, double medianMillis, double sigma) {
        Map<Short, Integer> counts = new TreeMap<>();
        for (int i = 0; i < calls; i++) {
            double log = Math.log(medianMillis) + sigma * random.nextGaussian();
            counts.merge((short) Math.floor(20 * log), 1, Integer::sum);
        }
        short[] logs = new short[counts.size()];
        int[] of = new int[counts.size()];
        int i = 0;
        for (Map.Entry<Short, Integer> count : counts.entrySet()) {
            logs[i] = count.getKey();
            of[i++] = count.getValue();
        }
        return new Logs(logs, of);
    }

    private int poisson(double mean) {
        int count = 0;
        for (double time = exponential(); time < mean; time += exponential()) {
            count++;
        }
        return count;
    }

    private double exponential() {
        return -Math.log(1 - random.nextDouble());
    }

    private double skewed(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }
}
