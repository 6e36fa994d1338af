package io.weir.app;

import io.weir.access.LeakWatch;
import io.weir.access.Networks;
import io.weir.alert.AlertPlan;
import io.weir.cache.CacheConfig;
import io.weir.config.ConfigException;
import io.weir.config.SecretRef;
import io.weir.config.Settings;
import io.weir.emulator.EmulatorConfig;
import io.weir.export.ExporterPlan;
import io.weir.http.ClientAddress;
import io.weir.http.ServerConfig;
import io.weir.ledger.JournalSettings;
import io.weir.limit.BudgetRule;
import io.weir.limit.LimitRule;
import io.weir.limit.RuleJson;
import io.weir.meter.Capture;
import io.weir.meter.DrainBounds;
import io.weir.metrics.MetricsConfig;
import io.weir.pricing.PricePlan;
import io.weir.store.StoreConfig;
import io.weir.upstream.UpstreamConfig;
import io.weir.wire.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Everything that can be configured.
 *
 * @param upstream null for the embedded emulator
 * @param upstreamKeys the upstream's keys that stand in the configuration
 * @param upstreamPatience how long calls wait for the provider's limits
 * @param maxBodyBytes of any request
 * @param maxReadBodyBytes of a request that is held in memory to be read
 * @param drain how far to read on after a client has gone
 * @param refuseUnrecorded whether calls are refused while the journal cannot be written
 * @param drainPatience how long calls under way may take when Weir is told to stop
 * @param keys gateway keys beside app.key
 * @param priceOverrides entries of the price book's form, before the shipped ones
 * @param pricing further prices, and where a newer catalogue of models is
 * @param limits how much may be asked for
 * @param budgets how much money may be spent
 * @param refuseUnknown whether a call is refused while it is not known what was spent of a hard
 *     budget
 * @param leaks what is done about keys that are seen where no key belongs
 * @param masterKey seals what has to be read again; null for that of the data directory
 * @param clients tells where calls come from
 * @param schemeHeader the field in which a proxy in front says {@code https}; null without one
 * @param exporters what calls are handed on to
 * @param metrics what Prometheus reads
 * @param cache whether answers are given again
 * @param alerts what is watched, and who is told
 * @param settings every key with the value that counts, secrets masked
 */
public record WeirConfig(
        ServerConfig server,
        Path data,
        @Nullable UpstreamConfig upstream,
        List<UpstreamKeySource> upstreamKeys,
        Duration upstreamPatience,
        boolean askForUsage,
        long maxBodyBytes,
        int maxReadBodyBytes,
        DrainBounds drain,
        Capture capture,
        JournalSettings journal,
        boolean refuseUnrecorded,
        StoreConfig store,
        Duration contentRetention,
        Duration callRetention,
        Duration rollupRetention,
        EmulatorConfig emulator,
        Duration drainPatience,
        List<GatewayKey> keys,
        List<JsonNode> priceOverrides,
        PricePlan pricing,
        List<LimitRule> limits,
        List<BudgetRule> budgets,
        boolean refuseUnknown,
        LeakWatch.Response leaks,
        @Nullable Secret masterKey,
        ClientAddress clients,
        @Nullable String schemeHeader,
        List<ExporterPlan> exporters,
        MetricsConfig metrics,
        CacheConfig cache,
        AlertPlan alerts,
        List<Settings.InForce> settings) {
    private static final URI OPENAI = URI.create("https://api.openai.com/v1");

    /** A gateway key from the configuration. */
    public record GatewayKey(String name, String project, Secret key) {}

    /** What the command line says; null where it does not. */
    public record Overrides(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable Path data,
            @Nullable String upstream) {
        /** Nothing said. */
        public static final Overrides NONE = new Overrides(null, null, null, null);

        /** What is said, by the key that it stands for. */
        Map<String, String> byKey() {
            Map<String, String> said = new HashMap<>();
            put(said, "server.host", host);
            put(said, "server.port", port);
            put(said, "data", data);
            put(said, "upstream.url", upstream);
            return said;
        }

        private static void put(Map<String, String> said, String key, @Nullable Object value) {
            if (value != null) {
                said.put(key, value.toString());
            }
        }
    }

    /**
     * Reads the configuration.
     *
     * @param environment where {@code OPENAI_API_KEY} is looked for; {@code OPENAI_BASE_URL} is
     *     not, because it may well point at Weir itself
     * @throws ConfigException saying which key is wrong and what would do
     */
    public static WeirConfig from(
            Settings settings, Map<String, String> environment, Overrides overrides) {
        ServerConfig server = server(settings, overrides);
        Path data = data(settings, overrides);
        List<UpstreamKeySource> upstreamKeys = upstreamKeys(settings, environment);
        WeirConfig config =
                new WeirConfig(
                        server,
                        data,
                        upstream(settings, environment, overrides, !upstreamKeys.isEmpty()),
                        upstreamKeys,
                        settings.duration(
                                "upstream.wait_for_limits",
                                "10s",
                                "how long calls wait where the provider's answers say that its limits are reached; 0s to send them at once"),
                        settings.flag(
                                "upstream.ask_for_usage",
                                true,
                                "ask for the usage of streams whose client did not, and hide it again"),
                        settings.bytes(
                                "relay.max_body",
                                "512MiB",
                                "the largest request body, files included"),
                        (int)
                                settings.bytes(
                                        "relay.max_read_body",
                                        "32MiB",
                                        "the largest JSON request body; it is held in memory"),
                        drain(settings),
                        capture(settings),
                        journal(settings, data),
                        settings.oneOf(
                                        "journal.when_unavailable",
                                        List.of("refuse", "relay"),
                                        "calls that cannot be recorded")
                                .equals("refuse"),
                        store(settings),
                        settings.duration(
                                "retention.content", "30d", "how long captured content is kept"),
                        settings.duration(
                                "retention.calls", "400d", "how long records of calls are kept"),
                        settings.duration(
                                "retention.rollups",
                                "760d",
                                "how long sums of calls by five minutes are kept, for long trends"),
                        emulator(settings),
                        settings.duration(
                                "server.drain",
                                "30s",
                                "how long calls under way may take when Weir is told to stop"),
                        keys(settings, environment),
                        settings.list(
                                "prices",
                                "price entries that come before the shipped ones; see docs/prices.md"),
                        PricePlan.read(settings),
                        limits(settings),
                        budgets(settings),
                        settings.oneOf(
                                        "budgets_unknown",
                                        List.of("refuse", "allow"),
                                        "calls while it is not known what was spent of a hard budget")
                                .equals("refuse"),
                        leaks(settings),
                        masterKey(settings, environment),
                        clients(settings),
                        settings.textOrNull(
                                "dashboard.scheme_header",
                                "the field in which a trusted proxy says https, x-forwarded-proto for instance; cookies are then for https only"),
                        exporters(settings, environment, data),
                        MetricsConfig.from(settings),
                        CacheConfig.from(settings),
                        AlertPlan.read(settings, environment, data),
                        settings.inForce(overrides.byKey()));
        settings.refuseUnknown();
        return config;
    }

    private static ServerConfig server(Settings settings, Overrides overrides) {
        String host = settings.text("server.host", "127.0.0.1", "address to listen on");
        int port =
                settings.number(
                        "server.port", 8080, 0, 65_535, "port to listen on, 0 for any free one");
        return new ServerConfig(
                overrides.host() == null ? host : overrides.host(),
                overrides.port() == null ? port : overrides.port(),
                settings.number(
                        "server.max_connections",
                        20_000,
                        1,
                        1_000_000,
                        "clients' connections; further ones get 503"),
                (int) settings.bytes("server.buffer", "4KiB", "of each connection, each way"),
                (int) settings.bytes("server.max_header_line", "16KiB", "the longest header field"),
                settings.number(
                        "server.max_header_fields", 128, 8, 10_000, "the most header fields"),
                settings.duration(
                        "server.timeouts.head", "20s", "for a request's head to be complete"),
                settings.duration(
                        "server.timeouts.idle",
                        "75s",
                        "for the next request, and between two pieces of a request's body"),
                settings.duration(
                        "server.timeouts.write",
                        "60s",
                        "for a client to take what is written to it"));
    }

    /** What has reserved longer than this has ended, and nobody has told. */
    Duration longestCall() {
        Duration total = upstream == null ? Duration.ofHours(1) : upstream.total();
        return total.plus(drain.time()).plus(Duration.ofMinutes(5));
    }

    private static List<LimitRule> limits(Settings settings) {
        return rules(
                settings,
                "limits",
                "how much may be asked for: name, where, per, requests_per_minute, tokens_per_minute, requests_per_day, tokens_per_day, parallel; see docs/limits.md",
                RuleJson::limit,
                LimitRule::name);
    }

    private static List<BudgetRule> budgets(Settings settings) {
        return rules(
                settings,
                "budgets",
                "how much money may be spent: name, where, per, usd, period, time_zone, mode, degrade_to, unpriced, assumed_usd, unmetered, stop_streams, raises; see docs/limits.md",
                item -> RuleJson.budget(item, project -> ZoneId.of("UTC")),
                BudgetRule::name);
    }

    private static <R> List<R> rules(
            Settings settings,
            String key,
            String meaning,
            Function<JsonNode, R> reader,
            Function<R, String> name) {
        List<R> rules = new ArrayList<>();
        for (JsonNode item : settings.list(key, meaning)) {
            try {
                rules.add(reader.apply(item));
            } catch (IllegalArgumentException e) {
                throw new ConfigException(key + ": " + e.getMessage() + ".");
            }
        }
        Settings.requireOnce(key, rules.stream().map(name).toList());
        return rules;
    }

    private static @Nullable Secret masterKey(Settings settings, Map<String, String> environment) {
        String reference =
                settings.textOrNull(
                        "master_key",
                        "env:NAME or file:PATH of what stored keys of the provider are sealed with; the default is WEIR_MASTER_KEY where that is set, and master.key in the data directory, made at the first start, where it is not");
        if (reference == null && environment.containsKey("WEIR_MASTER_KEY")) {
            return SecretRef.resolve("WEIR_MASTER_KEY", "env:WEIR_MASTER_KEY", environment);
        }
        return reference == null ? null : SecretRef.resolve("master_key", reference, environment);
    }

    private static ClientAddress clients(Settings settings) {
        List<String> proxies =
                settings.texts(
                        "server.trusted_proxies",
                        "networks of proxies in front, whose x-forwarded-for says where a call comes from");
        try {
            return new ClientAddress(new Networks(proxies));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("server.trusted_proxies: " + e.getMessage() + ".");
        }
    }

    private static Path data(Settings settings, Overrides overrides) {
        String configured = settings.text("data", "weir-data", "the data directory");
        return overrides.data() == null ? Path.of(configured) : overrides.data();
    }

    private static @Nullable UpstreamConfig upstream(
            Settings settings,
            Map<String, String> environment,
            Overrides overrides,
            boolean hasKeys) {
        String configured =
                settings.textOrNull(
                        "upstream.url",
                        "what stands before /chat/completions; the default is OpenAI's with OPENAI_API_KEY set, the emulator without");
        String url = overrides.upstream() == null ? configured : overrides.upstream();
        String name = settings.text("upstream.name", "openai", "what reports call it");
        String provider =
                settings.text(
                        "upstream.provider", "openai", "OpenTelemetry's gen_ai.provider.name");
        Duration connect =
                settings.duration(
                        "upstream.timeouts.connect", "10s", "for a connection, TLS included");
        Duration firstByte =
                settings.duration("upstream.timeouts.first_byte", "10m", "for an answer to begin");
        Duration idle =
                settings.duration(
                        "upstream.timeouts.idle", "2m", "the longest silence within an answer");
        Duration total = settings.duration("upstream.timeouts.total", "30m", "the whole call");
        Duration keepAlive =
                settings.duration(
                        "upstream.keep_alive", "55s", "how long an unused connection is kept");
        String proxy =
                settings.textOrNull(
                        "upstream.proxy",
                        "http://host:port, or env:NAME or file:PATH of one with user:password@, or none; the default for https is HTTPS_PROXY, unless NO_PROXY names the host");
        if (url == null && !hasKeys) {
            return null;
        }
        URI base = url == null ? OPENAI : uri(url);
        return new UpstreamConfig(
                name,
                provider,
                base,
                connect,
                firstByte,
                idle,
                total,
                keepAlive,
                ProxyChoice.of(proxy, base, environment));
    }

    private static List<UpstreamKeySource> upstreamKeys(
            Settings settings, Map<String, String> environment) {
        String one =
                settings.textOrNull(
                        "upstream.key",
                        "the provider's key: env:NAME or file:PATH; the default is env:OPENAI_API_KEY. A file is read again when it changes");
        List<String> more =
                settings.texts(
                        "upstream.keys", "further keys of the same provider; calls take turns");
        List<UpstreamKeySource> sources = new ArrayList<>();
        if (one != null) {
            sources.add(UpstreamKeySource.of("upstream.key", one, environment));
        }
        more.forEach(each -> sources.add(UpstreamKeySource.of("upstream.keys", each, environment)));
        String openai = environment.get("OPENAI_API_KEY");
        if (sources.isEmpty() && openai != null && !openai.isBlank()) {
            sources.add(UpstreamKeySource.of("OPENAI_API_KEY", "env:OPENAI_API_KEY", environment));
        }
        Settings.requireOnce(
                "upstream.keys", sources.stream().map(UpstreamKeySource::reference).toList());
        return sources;
    }

    private static LeakWatch.Response leaks(Settings settings) {
        String word =
                settings.oneOf(
                        "leaked_keys",
                        List.of("notice", "disable", "ignore"),
                        "what is done about a key of this gateway that is seen in a URL or in the text of a request");
        return LeakWatch.Response.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("upstream.url: '" + text + "' is not a URL.");
        }
    }

    private static DrainBounds drain(Settings settings) {
        String policy =
                settings.oneOf(
                        "relay.when_client_leaves",
                        List.of("cancel", "drain"),
                        "what becomes of the upstream's answer");
        Duration time =
                settings.duration("relay.drain.time", "60s", "how long to read on, when draining");
        long bytes =
                settings.bytes("relay.drain.bytes", "4MiB", "how much to read on, when draining");
        return policy.equals("drain") ? new DrainBounds(time, bytes) : DrainBounds.CANCEL;
    }

    private static Capture capture(Settings settings) {
        String level =
                settings.oneOf(
                        "capture.level",
                        List.of("metadata", "none", "full"),
                        "what is kept of a call's content");
        long bytes =
                settings.bytes(
                        "capture.max_bytes", "64KiB", "of the request and of the answer, each");
        return new Capture(Capture.Level.valueOf(level.toUpperCase(Locale.ROOT)), (int) bytes);
    }

    private static JournalSettings journal(Settings settings, Path data) {
        return new JournalSettings(
                data.resolve("journal"),
                settings.bytes("journal.segment", "64MiB", "the size of a journal file"),
                settings.duration(
                        "journal.force_every",
                        "50ms",
                        "what a crash of the machine, not of Weir, may lose"));
    }

    private static StoreConfig store(Settings settings) {
        StoreConfig usual = StoreConfig.DEFAULTS;
        return new StoreConfig(
                settings.bytes(
                        "store.memory",
                        "512MiB",
                        "what DuckDB may hold in memory, outside the Java heap"),
                settings.number("store.threads", usual.threads(), 1, 64, "DuckDB's own threads"),
                settings.bytes(
                        "store.min_free_disk",
                        "256MiB",
                        "nothing is stored while less is free; the journal holds"),
                settings.number(
                        "store.read_connections",
                        usual.readConnections(),
                        1,
                        64,
                        "reads side by side"),
                settings.duration("store.read_wait", "2s", "how long a read waits for its turn"),
                settings.duration("store.read_limit", "20s", "how long one read may run"),
                usual.reopenPause());
    }

    private static EmulatorConfig emulator(Settings settings) {
        EmulatorConfig usual = EmulatorConfig.realistic();
        return new EmulatorConfig(
                settings.duration(
                        "emulator.first_token",
                        usual.firstToken().toMillis() + "ms",
                        "the emulator's median wait for a first token"),
                settings.duration(
                        "emulator.per_token",
                        usual.perToken().toMillis() + "ms",
                        "its median wait for each further one"),
                usual.jitter(),
                true);
    }

    private static List<ExporterPlan> exporters(
            Settings settings, Map<String, String> environment, Path data) {
        List<ExporterPlan> plans = new ArrayList<>();
        for (JsonNode item :
                settings.list(
                        "exporters",
                        "what ended calls are handed on to: name, kind, and what the kind needs; see docs/exporters.md")) {
            plans.add(ExporterPlan.read(item, environment, data));
        }
        Settings.requireOnce("exporters", plans.stream().map(ExporterPlan::name).toList());
        return plans;
    }

    private static List<GatewayKey> keys(Settings settings, Map<String, String> environment) {
        List<GatewayKey> keys = new ArrayList<>();
        for (JsonNode item :
                settings.list(
                        "keys",
                        "gateway keys beside app.key: name, project, key (env:NAME or file:PATH)")) {
            String name = item.path("name").asString("");
            String reference = item.path("key").asString("");
            if (name.isEmpty() || reference.isEmpty()) {
                throw new ConfigException(
                        "keys: each entry has a name and a key (env:NAME or file:PATH).");
            }
            Secret key = SecretRef.resolve("keys." + name, reference, environment);
            keys.add(new GatewayKey(name, item.path("project").asString("default"), key));
        }
        return keys;
    }
}
