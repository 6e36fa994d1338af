package io.weir.web;

import io.weir.access.AdminToken;
import io.weir.access.AdminTokens;
import io.weir.access.Control;
import io.weir.access.GatewayKey;
import io.weir.access.KeyDesk;
import io.weir.access.Keyring;
import io.weir.access.Keys;
import io.weir.access.NewSecret;
import io.weir.access.Passwords;
import io.weir.access.Project;
import io.weir.access.Register;
import io.weir.access.StoredKey;
import io.weir.access.StoredKeys;
import io.weir.access.UserFile;
import io.weir.access.Users;
import io.weir.access.Vault;
import io.weir.alert.AlertPlan;
import io.weir.alert.AlertSources;
import io.weir.alert.Alerts;
import io.weir.app.ModelTokens;
import io.weir.cache.AnswerCache;
import io.weir.cache.CacheConfig;
import io.weir.config.Settings;
import io.weir.http.HttpServer;
import io.weir.http.Route;
import io.weir.http.ServerConfig;
import io.weir.http.Site;
import io.weir.it.Message;
import io.weir.it.Wire;
import io.weir.limit.BudgetRule;
import io.weir.limit.LimitRule;
import io.weir.limit.Limiter;
import io.weir.prices.PriceBook;
import io.weir.prices.Prices;
import io.weir.pricing.Findings;
import io.weir.pricing.PriceDesk;
import io.weir.pricing.PricePlan;
import io.weir.pricing.SetPrice;
import io.weir.report.AnomalyWatch;
import io.weir.report.LiveCalls;
import io.weir.rules.CacheDesk;
import io.weir.rules.RuleDesk;
import io.weir.rules.RuleKinds;
import io.weir.store.CallStore;
import io.weir.tokens.TokenCounter;
import io.weir.upstream.UpstreamKey;
import io.weir.upstream.UpstreamKeys;
import io.weir.wire.Headers;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A dashboard behind a port, before a store of the test's. */
final class LiveDashboard implements Closeable {
    static final String ADMIN_KEY = "weir-admin-of-the-test";

    /** The name of the price file in its directory. */
    static final String PRICES = "prices.json";

    private static final Pattern TOKEN =
            Pattern.compile("hx-headers='\\{\"x-csrf-token\":\"([^\"]+)\"}'");

    private final HttpServer server;
    private final Dashboard dashboard;
    private final LiveCalls live;
    private final Alerts alerts;
    private final KeyDesk desk;

    /** What a browser keeps of a session. */
    record Browser(String cookie, String csrf) {
        /** Nobody's. */
        static final Browser FRESH = new Browser("", "");
    }

    private LiveDashboard(
            HttpServer server, Dashboard dashboard, LiveCalls live, Alerts alerts, KeyDesk desk) {
        this.server = server;
        this.dashboard = dashboard;
        this.live = live;
        this.alerts = alerts;
        this.desk = desk;
    }

    static LiveDashboard start(CallStore store, Path directory, InstantSource clock)
            throws IOException {
        return start(
                store,
                directory,
                clock,
                (path, json) -> {
                    throw new IOException("nothing listens");
                });
    }

    /** Weir's own rules, looked at by nobody. */
    private static Alerts alerts(
            CallStore store, AnomalyWatch anomalies, Path directory, InstantSource clock)
            throws IOException {
        return Alerts.open(
                AlertPlan.read(Settings.defaults(), Map.of(), directory),
                new AlertSources(store, anomalies, List::of, List::of, List::of, () -> 0),
                directory.resolve("alerts"),
                clock,
                new SecureRandom());
    }

    /** One whose own calls are answered so. */
    static LiveDashboard start(CallStore store, Path directory, InstantSource clock, OwnCalls own)
            throws IOException {
        LiveCalls live = new LiveCalls();
        AnomalyWatch anomalies = new AnomalyWatch(store);
        Alerts alerts = alerts(store, anomalies, directory, clock);
        Control control =
                Control.open(
                        directory.resolve("control"),
                        clock,
                        List.of(
                                Project.KIND,
                                GatewayKey.KIND,
                                AdminToken.KIND,
                                SetPrice.KIND,
                                StoredKey.KIND,
                                RuleKinds.LIMIT,
                                RuleKinds.BUDGET));
        Path priceFile = directory.resolve(PRICES);
        Files.writeString(priceFile, "{\"entries\":[]}");
        PriceDesk prices =
                new PriceDesk(
                        control,
                        new Prices(PriceBook.shipped()),
                        new PricePlan(priceFile, null),
                        clock);
        Keyring keyring =
                new Keyring(
                        control.register(GatewayKey.KIND),
                        control.register(Project.KIND),
                        List.of(Keys.of("weir-app-of-the-test", "app", Project.DEFAULT)),
                        clock);
        KeyDesk desk = new KeyDesk(control, keyring, new NewSecret(new SecureRandom()), clock);
        RuleDesk rules = rules(control, desk, clock);
        Dashboard dashboard =
                new Dashboard(
                        new Sources(
                                store,
                                anomalies,
                                alerts,
                                () ->
                                        Json.MAPPER
                                                .createObjectNode()
                                                .put("version", Hostile.TEXTS.getFirst()),
                                List.of(
                                        new Settings.InForce(
                                                "upstream.name",
                                                Hostile.TEXTS.getFirst(),
                                                true,
                                                "a name"),
                                        new Settings.InForce("capture.level", "full", true, "")),
                                live,
                                prices,
                                (by, range) -> new Findings(),
                                new ModelTokens(new TokenCounter()),
                                own,
                                desk,
                                rules,
                                new StoredKeys(
                                        control,
                                        new Vault(
                                                new Secret(
                                                        "a-master-key-of-the-test-for-stored-keys"),
                                                new SecureRandom()),
                                        clock),
                                new UpstreamKeys(
                                        List.of(
                                                new UpstreamKey(
                                                        "env:OPENAI_API_KEY",
                                                        new Secret("sk-of-the-test"))),
                                        Duration.ZERO,
                                        () -> 0),
                                new CacheDesk(cache(), null, control),
                                control),
                        new Secret(ADMIN_KEY),
                        new Users(
                                new UserFile(directory.resolve("users.json")),
                                new Passwords(new SecureRandom(), Passwords.ITERATIONS),
                                control,
                                clock),
                        new Deployment("x-forwarded-proto", true),
                        clock,
                        new SecureRandom());
        Site site =
                new Site(
                        exchange -> exchange.answer(404, Headers.NONE, new byte[0]),
                        dashboard.routes(),
                        new AdminTokens(control.register(AdminToken.KIND), new Secret(ADMIN_KEY)),
                        dashboard);
        return new LiveDashboard(
                HttpServer.start(ServerConfig.of("127.0.0.1", 0), site),
                dashboard,
                live,
                alerts,
                desk);
    }

    /** On, and empty. */
    static AnswerCache cache() {
        return new AnswerCache(
                CacheConfig.from(Settings.parse("cache: {enabled: true}", "the test")),
                "openai",
                () -> 0);
    }

    /** Rules that are set count at once, as in the gateway. */
    private static RuleDesk rules(Control control, KeyDesk desk, InstantSource clock) {
        Limiter limiter = new Limiter(() -> 0, clock, Duration.ofHours(1), false);
        Register<LimitRule> limits = control.register(RuleKinds.LIMIT);
        Register<BudgetRule> budgets = control.register(RuleKinds.BUDGET);
        Runnable changed = () -> limiter.rules(limits.all(), budgets.all());
        limits.follow((name, before, after) -> changed.run());
        budgets.follow((name, before, after) -> changed.run());
        return new RuleDesk(limiter, control, desk, clock);
    }

    /** Looked at by nobody but the test. */
    Alerts alerts() {
        return alerts;
    }

    /** Makes and changes its keys. */
    KeyDesk keys() {
        return desk;
    }

    /** What tells its pages of calls that end. */
    LiveCalls live() {
        return live;
    }

    List<Route> routes() {
        return dashboard.routes();
    }

    Message get(String path, Browser browser, String... fields) throws IOException {
        return ask("GET", path, browser, "", fields);
    }

    /** Posts a form; one with files has a content-type among the fields. */
    Message post(String path, Browser browser, String form, String... fields) throws IOException {
        return ask("POST", path, browser, form, fields);
    }

    /** Submits a page's form, which has the browser's token. */
    Message submit(Browser browser, String path, String form) throws IOException {
        return post(path, browser, "csrf=%s&%s".formatted(browser.csrf(), form));
    }

    /** Logs in and looks at a page, as a person would. */
    Browser login(String name, String password) throws IOException {
        Message answer = post("/login", Browser.FRESH, "name=" + name + "&password=" + password);
        String cookie = cookie(answer);
        Message page = get("/health", new Browser(cookie, ""));
        Matcher token = TOKEN.matcher(page.body());
        return new Browser(cookie, token.find() ? token.group(1) : "");
    }

    Browser admin() throws IOException {
        return login("", ADMIN_KEY);
    }

    /** What an answer sets; empty where it sets nothing. */
    static String cookie(Message answer) {
        String field = answer.field("set-cookie");
        return field.isEmpty() ? "" : field.substring(0, field.indexOf(';'));
    }

    @Override
    public void close() {
        server.close();
    }

    /** Asks for a page and leaves its answer to be read. */
    Wire open(String path, Browser browser) throws IOException {
        return connect().say(request("GET", path, browser, ""));
    }

    private Message ask(String method, String path, Browser browser, String form, String... fields)
            throws IOException {
        try (Wire wire = connect()) {
            Message answer = wire.say(request(method, path, browser, form, fields)).message();
            byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
            return new Message(answer.head(), new String(body, StandardCharsets.UTF_8));
        }
    }

    private Wire connect() throws IOException {
        return new Wire(new Socket(InetAddress.getLoopbackAddress(), server.port()))
                .patience(60_000);
    }

    private static String request(
            String method, String path, Browser browser, String form, String... fields) {
        StringBuilder request = new StringBuilder();
        request.append(method).append(' ').append(path).append(" HTTP/1.1\r\nhost: weir.test\r\n");
        if (!browser.cookie().isEmpty()) {
            request.append("cookie: ").append(browser.cookie()).append("\r\n");
        }
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        if (method.equals("POST")) {
            if (Arrays.stream(fields).noneMatch(field -> field.startsWith("content-type:"))) {
                request.append("content-type: application/x-www-form-urlencoded\r\n");
            }
            request.append("content-length: ").append(form.length()).append("\r\n");
        }
        return request.append("\r\n").append(form).toString();
    }
}
