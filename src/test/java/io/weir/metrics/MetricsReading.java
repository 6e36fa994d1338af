package io.weir.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.alert.Alert;
import io.weir.alert.ChannelHealth;
import io.weir.alert.Incident;
import io.weir.alert.Severity;
import io.weir.alert.Standing;
import io.weir.cache.AnswerCache;
import io.weir.cache.CacheConfig;
import io.weir.cache.SemanticConfig;
import io.weir.call.Abort;
import io.weir.call.Principal;
import io.weir.export.ExporterHealth;
import io.weir.ledger.JournalHealth;
import io.weir.limit.Asked;
import io.weir.limit.BudgetRule;
import io.weir.limit.Caller;
import io.weir.limit.LimitRule;
import io.weir.limit.Limiter;
import io.weir.limit.Measure;
import io.weir.limit.Period;
import io.weir.limit.Which;
import io.weir.store.StoreHealth;
import io.weir.upstream.UpstreamKey;
import io.weir.upstream.UpstreamKeys;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Metrics of a gateway whose journal and store are well, read as Prometheus would. */
final class MetricsReading {
    static final String TEXT = "text/plain;version=0.0.4";
    static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";
    static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    static final JournalHealth JOURNAL =
            new JournalHealth(
                    Optional.empty(),
                    4_096,
                    1L << 40,
                    1,
                    42,
                    42,
                    Duration.ZERO,
                    0,
                    3,
                    0,
                    0,
                    Map.of("store", 7L, "metrics", 0L));

    static final StoreHealth STORE = new StoreHealth(null, 8_192, 20, 35, null, null);

    static final ExporterHealth EXPORTER =
            new ExporterHealth(
                    "file",
                    "jsonl",
                    3,
                    Optional.empty(),
                    40,
                    2,
                    5,
                    1,
                    6,
                    0,
                    7,
                    Optional.empty(),
                    Optional.of("away"));

    private static final Standing RULE =
            new Standing(
                    "errors",
                    "default",
                    Severity.CRITICAL,
                    "error rate above 10 %",
                    Json.MAPPER.createObjectNode(),
                    new TreeMap<>(),
                    null,
                    List.of("mail"),
                    Instant.EPOCH,
                    List.of(),
                    new Incident(
                            "1f",
                            "errors",
                            Severity.CRITICAL,
                            "",
                            Instant.EPOCH,
                            null,
                            List.of(new Alert(new TreeMap<>(), "", 1, Instant.EPOCH, null)),
                            null),
                    false);

    private static final ChannelHealth CHANNEL =
            new ChannelHealth("mail", "email", 2, 8, 3, Optional.empty(), Optional.of("away"));

    private final CallMetrics calls;
    private final Exposition exposition;

    MetricsReading(MetricsConfig config) {
        this(config, JOURNAL, STORE);
    }

    MetricsReading(MetricsConfig config, JournalHealth journal, StoreHealth store) {
        calls = new CallMetrics(config);
        exposition =
                new Exposition(
                        calls,
                        List.of(
                                new HealthMetrics("1.2.3", () -> journal, () -> store),
                                new ExporterMetrics(() -> List.of(EXPORTER)),
                                new AlertMetrics(() -> List.of(RULE), () -> List.of(CHANNEL)),
                                new LimitMetrics(limited()),
                                new UpstreamKeyMetrics(keys()),
                                new CacheMetrics(cache())));
    }

    /**
     * A limit of two calls at once and a budget of a dollar, with a call under way and one refused.
     */
    private static Limiter limited() {
        Limiter limiter = new Limiter(() -> 0, () -> Instant.EPOCH, Duration.ofHours(1), false);
        limiter.rules(
                List.of(new LimitRule("everyone", Which.ALL, Map.of(Measure.PARALLEL, 1L))),
                List.of(
                        new BudgetRule(
                                "shop",
                                Which.ALL,
                                1_000_000_000,
                                Period.TOTAL,
                                ZoneId.of("UTC"),
                                BudgetRule.Mode.HARD,
                                null,
                                BudgetRule.Unpriced.ALLOW,
                                0,
                                List.of())));
        for (long call = 1; call <= 2; call++) {
            Caller caller = new Caller(new Principal("k", "k", "p", List.of()), "gpt-4o", null);
            Asked asked =
                    new Asked(new UUID(call, 0), caller, Instant.EPOCH, 10, 250_000_000, false);
            limiter.reserve(asked, new Abort());
        }
        return limiter;
    }

    private static AnswerCache cache() {
        CacheConfig off = CacheConfig.OFF;
        CacheConfig on =
                new CacheConfig(
                        true,
                        off.ttl(),
                        off.maxBytes(),
                        off.maxEntryBytes(),
                        off.scope(),
                        off.singleFlight(),
                        SemanticConfig.OFF);
        return new AnswerCache(on, "openai", () -> 0);
    }

    private static UpstreamKeys keys() {
        UpstreamKey key = new UpstreamKey("east", new Secret("sk-east"));
        return new UpstreamKeys(List.of(key), Duration.ZERO, () -> 0);
    }

    CallMetrics calls() {
        return calls;
    }

    Exposition exposition() {
        return exposition;
    }

    String text() {
        return text(TEXT);
    }

    String text(String accept) {
        return new String(exposition.write(accept, false).content(), UTF_8);
    }

    /** The samples whose line begins so. */
    List<String> samples(String begin) {
        return text().lines().filter(line -> line.startsWith(begin)).toList();
    }
}
