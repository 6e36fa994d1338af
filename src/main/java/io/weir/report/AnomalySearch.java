package io.weir.report;

import io.weir.report.Anomaly.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Looks for everything unusual in one series. */
final class AnomalySearch {
    /** Three points of errors, ten of slow calls: less is not worth a line. */
    private static final double LEAST_RISE_OF_ERRORS = 0.03;

    private static final double LEAST_RISE_OF_SLOW = 0.1;
    private static final double LEAST_CALLS = 20;

    /** A quarter of a dollar in five minutes: small sums jump by chance all the time. */
    private static final double LEAST_NANO_USD = 250_000_000;

    /** How much the money of calls varies more than their number, in costs of one call. */
    private static final double NOISE_OF_PRICES = 3;

    /** A cell later than this from the end may yet go on. */
    private static final int CALM_CELLS = 3;

    private final History series;
    private final List<Anomaly> found = new ArrayList<>();

    private AnomalySearch(History series) {
        this.series = series;
    }

    static List<Anomaly> in(History series) {
        AnomalySearch search = new AnomalySearch(series);
        search.rates();
        search.amounts();
        if (series.scope().equals(Dimension.KEY.word())) {
            search.sizes();
        }
        search.spend();
        return search.found;
    }

    private void rates() {
        rate(Kind.ERRORS, Cell::errors, Cell::calls, LEAST_RISE_OF_ERRORS);
        rate(Kind.LATENCY, Cell::slow, Cell::timed, LEAST_RISE_OF_SLOW);
        rate(Kind.FIRST_TOKEN, Cell::slowFirstTokens, Cell::firstTokens, LEAST_RISE_OF_SLOW);
    }

    private void rate(
            Kind kind, ToLongFunction<Cell> hits, ToLongFunction<Cell> trials, double leastRise) {
        for (Episode episode : Episode.of(series, new RateRise(series, hits, trials, leastRise))) {
            Cell sum = sum(episode);
            double share = (double) hits.applyAsLong(sum) / Math.max(1, trials.applyAsLong(sum));
            found.add(anomaly(kind, episode, share));
        }
    }

    private void amounts() {
        for (Episode episode :
                Episode.of(series, new AmountRise(series, Cell::calls, 1, LEAST_CALLS))) {
            found.add(anomaly(Kind.VOLUME, episode, most(episode)));
        }
        for (Episode episode : Episode.of(series, new Silence(series))) {
            found.add(anomaly(Kind.SILENCE, episode, mean(episode)));
        }
    }

    private void sizes() {
        for (Episode episode : Episode.of(series, new TokenGrowth(series))) {
            Cell sum = sum(episode);
            double size = (double) sum.tokens() / Math.max(1, sum.succeeded());
            found.add(anomaly(Kind.TOKENS, episode, size));
        }
    }

    /** What more or larger calls explain is said already. */
    private void spend() {
        double noise = NOISE_OF_PRICES * perCall();
        for (Episode episode :
                Episode.of(
                        series, new AmountRise(series, Cell::costNanoUsd, noise, LEAST_NANO_USD))) {
            long most = 0;
            for (int cell = episode.from(); cell <= episode.to(); cell++) {
                most = Math.max(most, series.cell(cell).costNanoUsd());
            }
            Episode inUsd =
                    new Episode(
                            episode.from(), episode.to(), episode.score(), episode.usual() / 1e9);
            Anomaly spend = anomaly(Kind.SPEND, inUsd, most / 1e9);
            if (found.stream().noneMatch(other -> explains(other) && other.overlaps(spend))) {
                found.add(spend);
            }
        }
    }

    private static boolean explains(Anomaly other) {
        return other.kind() == Kind.VOLUME || other.kind() == Kind.TOKENS;
    }

    private double perCall() {
        Cell all = series.through(series.size() - 1, series.size());
        return (double) all.costNanoUsd() / Math.max(1, all.calls());
    }

    private double most(Episode episode) {
        long most = 0;
        for (int cell = episode.from(); cell <= episode.to(); cell++) {
            most = Math.max(most, series.cell(cell).calls());
        }
        return most;
    }

    private double mean(Episode episode) {
        return (double) sum(episode).calls() / (episode.to() - episode.from() + 1);
    }

    private Cell sum(Episode episode) {
        return series.through(episode.to(), episode.to() - episode.from() + 1);
    }

    private Anomaly anomaly(Kind kind, Episode episode, double observed) {
        Cell sum = sum(episode);
        Instant until = series.start(episode.to()).plus(Rollup.WIDTH);
        return new Anomaly(
                kind,
                series.scope(),
                series.name(),
                "",
                series.start(episode.from()),
                until,
                series.size() - 1 - episode.to() >= CALM_CELLS,
                observed,
                episode.usual(),
                episode.score(),
                sum.calls(),
                sum.costNanoUsd());
    }
}
