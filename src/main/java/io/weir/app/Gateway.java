package io.weir.app;

import io.weir.access.AdminToken;
import io.weir.access.AdminTokens;
import io.weir.access.Aside;
import io.weir.access.Control;
import io.weir.access.GatewayKey;
import io.weir.access.KeyDesk;
import io.weir.access.Keyring;
import io.weir.access.LeakWatch;
import io.weir.access.NewSecret;
import io.weir.access.Passwords;
import io.weir.access.Project;
import io.weir.access.StoredKey;
import io.weir.access.StoredKeys;
import io.weir.access.UserFile;
import io.weir.access.Users;
import io.weir.access.Vault;
import io.weir.admin.AccessRoutes;
import io.weir.admin.AlertRoutes;
import io.weir.admin.CacheRoutes;
import io.weir.admin.CallRoutes;
import io.weir.admin.ExporterRoutes;
import io.weir.admin.FocusRoutes;
import io.weir.admin.HealthRoutes;
import io.weir.admin.KeyRoutes;
import io.weir.admin.MetricsRoutes;
import io.weir.admin.PriceRoutes;
import io.weir.admin.ProfileRoutes;
import io.weir.admin.ReconcileRoutes;
import io.weir.admin.ReportRoutes;
import io.weir.admin.RuleRoutes;
import io.weir.admin.UpstreamKeyRoutes;
import io.weir.admin.UserRoutes;
import io.weir.alert.AlertSources;
import io.weir.alert.Alerts;
import io.weir.cache.AnswerCache;
import io.weir.cache.SemanticCache;
import io.weir.call.CallIds;
import io.weir.call.Chain;
import io.weir.config.ConfigException;
import io.weir.emulator.Emulator;
import io.weir.export.Exporters;
import io.weir.focus.FocusExport;
import io.weir.http.HttpServer;
import io.weir.http.ReadBody;
import io.weir.http.RelayHandler;
import io.weir.http.Route;
import io.weir.http.ServerConfig;
import io.weir.http.Site;
import io.weir.ledger.Entry;
import io.weir.ledger.Journal;
import io.weir.ledger.RecordLog;
import io.weir.ledger.RecordReader;
import io.weir.limit.Estimator;
import io.weir.limit.Limiter;
import io.weir.meter.Fingerprints;
import io.weir.meter.MeasureAnswer;
import io.weir.meter.OpenRecord;
import io.weir.meter.RecordCall;
import io.weir.meter.RecordWriter;
import io.weir.meter.UsageMeter;
import io.weir.metrics.AlertMetrics;
import io.weir.metrics.CacheMetrics;
import io.weir.metrics.CallMetrics;
import io.weir.metrics.ExporterMetrics;
import io.weir.metrics.Exposition;
import io.weir.metrics.HealthMetrics;
import io.weir.metrics.LeakMetrics;
import io.weir.metrics.LimitMetrics;
import io.weir.metrics.SemanticMetrics;
import io.weir.metrics.UpstreamKeyMetrics;
import io.weir.policy.AnswerFromCache;
import io.weir.policy.Authenticate;
import io.weir.policy.GuardRequest;
import io.weir.policy.NoticeLeaks;
import io.weir.policy.Permit;
import io.weir.policy.Reserve;
import io.weir.prices.PriceBook;
import io.weir.prices.Prices;
import io.weir.pricing.PriceDesk;
import io.weir.pricing.Repricer;
import io.weir.pricing.SetPrice;
import io.weir.profile.Profiler;
import io.weir.report.AnomalyWatch;
import io.weir.report.LiveCalls;
import io.weir.report.Reports;
import io.weir.route.Router;
import io.weir.rules.CacheDesk;
import io.weir.rules.RuleDesk;
import io.weir.rules.RuleKinds;
import io.weir.store.CallStore;
import io.weir.tokens.TokenCounter;
import io.weir.upstream.HttpUpstream;
import io.weir.upstream.UpstreamKeys;
import io.weir.web.Dashboard;
import io.weir.web.Deployment;
import io.weir.web.Sources;
import io.weir.wire.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts list: the whole gateway, assembled on one page. */
public final class Gateway implements Closeable {
    /** For a call that a person makes from the dashboard, and waits for. */
    private static final Duration OWN_PATIENCE = Duration.ofMinutes(5);

    private static final String STORE_READER = "store";

    /** For the ledger to say what was spent of budgets, before calls are taken. */
    private static final Duration BUDGETS_PATIENCE = Duration.ofSeconds(10);

    private final WeirConfig config;
    private final DataDirectory data;
    private final Control control;
    private final LeakWatch leaks;
    private final Journal journal;
    private final CallStore store;
    private final StoreFeeder feeder;
    private final Limiter limiter;
    private final AnswerCache cache;
    private final @Nullable SemanticCache semantic;
    private final Rules rules;
    private final Exporters exporters;
    private final Alerts alerts;
    private final MetricsFeeder metricsFeeder;
    private final Upkeep upkeep;
    private final Lookout lookout;
    private final UpstreamKeys upstreamKeys;
    private final HttpUpstream upstream;
    private final Site site;
    private final HttpServer server;
    private final @Nullable HttpServer emulator;
    private final Secret appKey;

    /**
     * Starts everything; calls are taken when this returns. The store opens in the background: no
     * call waits for it.
     *
     * @throws IOException when the port cannot be bound or the journal cannot be opened
     */
    public Gateway(WeirConfig config) throws IOException {
        this.config = config;
        InstantSource clock = () -> Instant.now().truncatedTo(ChronoUnit.MICROS);
        TokenCounter tokens = new TokenCounter();

        data = DataDirectory.open(config.data());
        appKey = data.key("app.key", "weir-app-");
        Secret adminKey = data.key("admin.key", "weir-admin-");
        Aside<Control> opening = Aside.begin("control-open", () -> control(clock));

        journal = Journal.open(config.journal(), System::nanoTime);
        RecordLog log = new RecordLog(journal);
        RecordReader storeReader =
                log.reader(STORE_READER, Set.of(Entry.Kind.CLOSED, Entry.Kind.PRICED));
        CallMetrics metrics = new CallMetrics(config.metrics());
        metricsFeeder = MetricsFeeder.of(log, metrics);
        LiveCalls live = new LiveCalls();
        limiter =
                new Limiter(System::nanoTime, clock, config.longestCall(), config.refuseUnknown());
        Estimator estimator = new Estimator();
        Settlement settlement = new Settlement(limiter, estimator);
        JournalSink sink = new JournalSink(log, settlement, live);
        Interrupted.close(log.unfinished(), sink);

        StoreProgress stored = new StoreProgress(log, STORE_READER);
        store = new CallStore(data.resolve("store"), config.store(), System::nanoTime);
        feeder = new StoreFeeder(storeReader, store);
        exporters =
                Exporters.open(
                        config.exporters(),
                        log,
                        data.resolve("exporters"),
                        clock,
                        RandomGenerator.SplittableGenerator.of("L64X128MixRandom"));
        emulator = config.upstream() == null ? emulate(config, tokens, clock) : null;

        control = opening.await();
        Keyring keyring =
                new Keyring(
                        control.register(GatewayKey.KIND),
                        control.register(Project.KIND),
                        Keys.configured(appKey, config.keys()),
                        clock);
        KeyDesk desk = new KeyDesk(control, keyring, new NewSecret(new SecureRandom()), clock);
        AdminTokens tokensOfAdmins = new AdminTokens(control.register(AdminToken.KIND), adminKey);
        leaks =
                new LeakWatch(
                        keyring,
                        tokensOfAdmins,
                        control,
                        config.leaks(),
                        Thread.ofVirtual().name("leak-notice")::start,
                        clock);
        rules =
                new Rules(
                        limiter,
                        new Rules.Configured(config.limits(), config.budgets()),
                        control.register(RuleKinds.LIMIT),
                        control.register(RuleKinds.BUDGET),
                        keyring,
                        store,
                        log,
                        stored,
                        clock);
        upstreamKeys = new UpstreamKeys(List.of(), config.upstreamPatience(), System::nanoTime);
        StoredKeys storedKeys = new StoredKeys(control, vault(), clock);
        ProviderKeys providerKeys =
                new ProviderKeys(Upstreams.keys(config, emulator), storedKeys, upstreamKeys);
        upstream =
                new HttpUpstream(
                        Upstreams.configured(config, emulator),
                        upstreamKeys,
                        config.server().bufferBytes());

        cache = new AnswerCache(config.cache(), upstream.name(), System::nanoTime);
        control.register(Project.KIND)
                .follow((project, before, after) -> {
                    if (after == null) {
                        cache.clear(project);
                    }
                });
        semantic =
                SemanticCache.open(
                        cache, data.path(), () -> ThreadLocalRandom.current().nextDouble());
        ModelTokens counts = new ModelTokens(tokens);
        Prices prices = prices(config);
        PriceDesk priceDesk = new PriceDesk(control, prices, config.pricing(), clock);
        Repricer repricer =
                new Repricer(store, log, prices, control, clock, stored, settlement::repriced);
        UsageMeter usage = new UsageMeter(counts, prices);
        RecordWriter records =
                new RecordWriter(
                        usage,
                        config.capture(),
                        new Fingerprints(data.key("fingerprint.key", "weir-fingerprint-")));
        Chain chain =
                Chain.of(
                        List.of(
                                new RecordCall(records, sink),
                                new NoticeLeaks(leaks),
                                new Authenticate(keyring, clock),
                                new ReadBody(config.maxBodyBytes(), config.maxReadBodyBytes()),
                                new GuardRequest(),
                                new Permit(keyring),
                                new AnswerFromCache(
                                        cache,
                                        semantic,
                                        usage,
                                        config.capture(),
                                        config.longestCall()),
                                new Reserve(limiter, estimator, prices),
                                new OpenRecord(
                                        records,
                                        sink,
                                        config.refuseUnrecorded(),
                                        sink::relayedUnrecorded),
                                new MeasureAnswer(
                                        config.capture(), config.drain(), config.askForUsage())),
                        new Router(upstream));

        RelayHandler relay =
                new RelayHandler(
                        chain,
                        new CallIds(
                                System::currentTimeMillis,
                                () -> ThreadLocalRandom.current().nextLong()),
                        clock,
                        System::nanoTime,
                        config.drain().time(),
                        config.clients());
        Status status =
                new Status(
                        config,
                        journal,
                        store,
                        sink,
                        exporters,
                        priceDesk.models(),
                        emulator != null);
        AnomalyWatch anomalies = new AnomalyWatch(store);
        alerts =
                Alerts.open(
                        config.alerts(),
                        new AlertSources(
                                store,
                                anomalies,
                                exporters::health,
                                limiter::budgetStandings,
                                leaks::leaks,
                                () -> journal.health().readerLag().getOrDefault(STORE_READER, 0L)),
                        data.resolve("alerts"),
                        clock,
                        new SecureRandom());
        CacheDesk cacheDesk = new CacheDesk(cache, semantic, control);
        RuleDesk ruleDesk = new RuleDesk(limiter, control, desk, clock);
        SecureRandom random = new SecureRandom();
        Users users =
                new Users(
                        new UserFile(data.resolve("users.json")),
                        new Passwords(random, Passwords.ITERATIONS),
                        control,
                        clock);
        Dashboard dashboard =
                new Dashboard(
                        new Sources(
                                store,
                                anomalies,
                                alerts,
                                status::json,
                                config.settings(),
                                live,
                                priceDesk,
                                repricer,
                                counts,
                                new SelfCalls(
                                        config.server().host(), status::port, appKey, OWN_PATIENCE),
                                desk,
                                ruleDesk,
                                storedKeys,
                                upstreamKeys,
                                cacheDesk,
                                control),
                        adminKey,
                        users,
                        new Deployment(config.schemeHeader(), emulator != null),
                        clock,
                        random);
        site =
                new Site(
                        relay,
                        Stream.of(
                                        new KeyRoutes(desk, clock).routes(),
                                        new AccessRoutes(control, desk).routes(),
                                        new UserRoutes(users, desk).routes(),
                                        new UpstreamKeyRoutes(storedKeys, upstreamKeys).routes(),
                                        new RuleRoutes(ruleDesk, clock).routes(),
                                        new PriceRoutes(priceDesk, repricer, store, clock).routes(),
                                        new CallRoutes(store, live, clock).routes(),
                                        new ReportRoutes(new Reports(prices), store, clock)
                                                .routes(),
                                        new FocusRoutes(new FocusExport(store, prices)).routes(),
                                        new ReconcileRoutes(store).routes(),
                                        new CacheRoutes(cacheDesk).routes(),
                                        new ProfileRoutes(new Profiler(data.resolve("profile")))
                                                .routes(),
                                        new HealthRoutes(status::hindrances, status::json).routes(),
                                        new ExporterRoutes(exporters).routes(),
                                        new AlertRoutes(alerts, clock).routes(),
                                        new MetricsRoutes(
                                                        exposition(metrics),
                                                        config.metrics().open())
                                                .routes(),
                                        dashboard.routes())
                                .flatMap(List::stream)
                                .toList(),
                        tokensOfAdmins,
                        dashboard);
        feeder.start();
        priceDesk.start();
        rules.start(BUDGETS_PATIENCE);
        server = HttpServer.start(config.server(), site);
        status.serves(server);
        upkeep = new Upkeep(config, store, sink, providerKeys, clock);
        lookout = new Lookout(anomalies, clock);
        exporters.start();
        metricsFeeder.start();
        upkeep.start();
        lookout.start();
        alerts.start();
    }

    /** The port clients use. */
    public int port() {
        return server.port();
    }

    /** Every route beside the relay, and who may use it. */
    public List<Route> routes() {
        return site.routes();
    }

    /** Where {@code app.key} and {@code admin.key} are. */
    public DataDirectory data() {
        return data;
    }

    /** The first gateway key, for the start-up message to its owner. */
    public Secret appKey() {
        return appKey;
    }

    /** Whether answers are emulated. */
    public boolean emulates() {
        return emulator != null;
    }

    /** Whether calls go out with a key of the provider's. */
    public boolean hasUpstreamKey() {
        return !upstreamKeys.standings().isEmpty();
    }

    /** Stops taking calls, lets those under way end, stores what is recorded. */
    @Override
    public void close() throws IOException {
        server.drain(config.drainPatience());
        alerts.close();
        lookout.close();
        upkeep.close();
        rules.close();
        exporters.close();
        feeder.close();
        metricsFeeder.close();
        store.close();
        journal.close();
        upstream.close();
        if (emulator != null) {
            emulator.drain(Duration.ZERO);
        }
        control.close();
        data.close();
    }

    private Control control(InstantSource clock) throws IOException {
        return Control.open(
                data.resolve("control"),
                clock,
                List.of(
                        Project.KIND,
                        GatewayKey.KIND,
                        AdminToken.KIND,
                        StoredKey.KIND,
                        SetPrice.KIND,
                        RuleKinds.LIMIT,
                        RuleKinds.BUDGET));
    }

    private Vault vault() {
        Secret given = config.masterKey();
        Secret master = given == null ? data.key("master.key", "weir-master-") : given;
        try {
            return new Vault(master, new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("master_key: " + e.getMessage() + ".");
        }
    }

    private Exposition exposition(CallMetrics calls) {
        return new Exposition(
                calls,
                List.of(
                        new HealthMetrics(Status.version(), journal::health, store::health),
                        new ExporterMetrics(exporters::health),
                        new AlertMetrics(alerts::standings, alerts::channels),
                        new LimitMetrics(limiter),
                        new UpstreamKeyMetrics(upstreamKeys),
                        new LeakMetrics(leaks::leaks),
                        new CacheMetrics(cache),
                        new SemanticMetrics(semantic)));
    }

    private static HttpServer emulate(WeirConfig config, TokenCounter tokens, InstantSource clock)
            throws IOException {
        Emulator emulator =
                new Emulator(
                        config.emulator(),
                        new ModelTokens(tokens)::tokens,
                        clock,
                        ThreadLocalRandom.current().nextLong());
        return HttpServer.start(ServerConfig.of("127.0.0.1", 0), new EmulatorHandler(emulator));
    }

    private static Prices prices(WeirConfig config) {
        Prices prices = new Prices(PriceBook.shipped());
        prices.set(Prices.Layer.CONFIGURATION, Overrides.entries(config.priceOverrides()));
        return prices;
    }
}
