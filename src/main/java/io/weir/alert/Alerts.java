package io.weir.alert;

import io.weir.export.Sent;
import io.weir.store.StoreUnavailable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Rules that are watched, and channels that are told: what Weir knows of alerts. */
public final class Alerts implements Closeable {
    private static final System.Logger LOG = System.getLogger(Alerts.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long LOOK_EVERY_MILLIS = 1_000;

    /** Most calls that ended by then are in the store. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final AlertPlan plan;
    private final RuleBook book;
    private final AlertDesk desk;
    private final History history;
    private final Map<Metric.Origin, Readings> readings;
    private final InstantSource clock;
    private final List<ChannelRunner> runners;
    private final Thread thread =
            Thread.ofPlatform().name("weir-alerts").daemon(true).unstarted(this::run);
    private boolean blind;

    private Alerts(
            AlertPlan plan,
            RuleBook book,
            AlertDesk desk,
            History history,
            Map<Metric.Origin, Readings> readings,
            InstantSource clock,
            List<ChannelRunner> runners) {
        this.plan = plan;
        this.book = book;
        this.desk = desk;
        this.history = history;
        this.readings = Map.copyOf(readings);
        this.clock = clock;
        this.runners = List.copyOf(runners);
    }

    /**
     * Opens what is kept of alerts, without looking at anything yet.
     *
     * @param directory where that is
     */
    public static Alerts open(
            AlertPlan plan,
            AlertSources sources,
            Path directory,
            InstantSource clock,
            RandomGenerator random)
            throws IOException {
        RuleBook book = new RuleBook(plan, directory);
        History history = new History(directory);
        AlertDesk desk =
                new AlertDesk(
                        new StateFile<>(directory.resolve("state.json"), AlertsState.class),
                        history,
                        book.rules(),
                        plan.channels().stream().map(ChannelPlan::name).toList(),
                        random,
                        plan.link(),
                        clock.instant());
        List<ChannelRunner> runners = new ArrayList<>();
        for (ChannelPlan channel : plan.channels()) {
            runners.add(new ChannelRunner(channel, desk, clock, random));
        }
        return new Alerts(plan, book, desk, history, sources.readings(), clock, runners);
    }

    /** Begins to look, and to tell. */
    public void start() {
        runners.forEach(ChannelRunner::start);
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runners.forEach(ChannelRunner::close);
    }

    /** Looks at each rule that is due, and has people told. */
    public void look() {
        Instant now = clock.instant();
        for (Map.Entry<Rule, Instant> due : desk.due(now.minus(SETTLING)).entrySet()) {
            Rule rule = due.getKey();
            Instant at = due.getValue();
            try {
                List<Reading> read = readings(rule).between(rule, at, at).get(at);
                if (read != null) {
                    desk.step(rule, at, read);
                }
                blind = false;
            } catch (StoreUnavailable e) {
                blinded(e);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "rule " + rule.name() + " has a fault", e);
            }
        }
        desk.tell(now);
    }

    /** How each rule is, by name. */
    public List<Standing> standings() {
        return desk.standings(clock.instant());
    }

    /** Those that are not over. */
    public List<Silence> silences() {
        return desk.silences();
    }

    /** How each channel is, in the order of the configuration. */
    public List<ChannelHealth> channels() {
        return runners.stream().map(ChannelRunner::health).toList();
    }

    /** What has happened since then, the latest first, and no more than so much. */
    public List<HistoryEntry> history(Instant since, int most) throws IOException {
        return history.since(since, most);
    }

    /**
     * Somebody looks after an incident, and nobody else is told that it goes on.
     *
     * @param which its id, the beginning of it, or its rule
     * @throws NoSuchElementException where there is none such
     */
    public Incident acknowledge(String which, String by) {
        return desk.acknowledge(which, by, clock.instant());
    }

    /**
     * Silences a rule, or {@code *} for all of them, for a while.
     *
     * @param group what the calls have in common that are meant, by dimension
     * @throws NoSuchElementException where there is no such rule
     */
    public Silence silence(
            String rule, Map<String, String> group, Duration time, String by, String why) {
        if (!time.isPositive() || time.compareTo(Duration.ofDays(31)) > 0) {
            throw new IllegalArgumentException("a silence lasts up to 31 days, not " + time);
        }
        Instant now = clock.instant();
        return desk.silence(
                new Silence("", rule, new TreeMap<>(group), now, now.plus(time), by, why));
    }

    /**
     * Ends a silence early.
     *
     * @throws NoSuchElementException where there is none such
     */
    public void unsilence(String id, String by) {
        desk.unsilence(id, by, clock.instant());
    }

    /**
     * Tells a channel that somebody tries it, past what waits.
     *
     * @return what is wrong; empty where it was told
     * @throws NoSuchElementException where there is no such channel
     */
    public Optional<String> test(String channel) throws InterruptedException {
        ChannelPlan named =
                plan.channels().stream()
                        .filter(each -> each.name().equals(channel))
                        .findFirst()
                        .orElseThrow(() -> new NoSuchElementException(noChannel(channel)));
        Instant now = clock.instant();
        try (Channel opened = named.opening().open()) {
            return switch (opened.tell(Trial.notification(now, plan.link()))) {
                case Sent.Delivered delivered -> Optional.empty();
                case Sent.Refused refused -> Optional.of(refused.reason());
                case Sent.Failed failed -> Optional.of(failed.reason());
            };
        } catch (IOException e) {
            return Optional.of("it was not closed in order: " + e.getMessage());
        }
    }

    /**
     * Adds a rule, or replaces an added one.
     *
     * @throws io.weir.config.ConfigException where it makes no sense
     * @throws IllegalArgumentException where the configuration has one of that name
     */
    public void put(JsonNode rule) throws IOException {
        book.put(rule);
        desk.watch(book.rules(), clock.instant());
    }

    /**
     * Removes an added rule.
     *
     * @throws NoSuchElementException where there is none
     */
    public void remove(String rule) throws IOException {
        book.remove(rule);
        desk.watch(book.rules(), clock.instant());
    }

    /**
     * When a rule would have fired.
     *
     * @throws NoSuchElementException where there is no such rule
     */
    public Backtest backtest(String rule, Instant since, Instant until) throws StoreUnavailable {
        Rule named =
                book.rules().stream()
                        .filter(each -> each.name().equals(rule))
                        .findFirst()
                        .orElseThrow(() ->
                                new NoSuchElementException(
                                        "there is no rule '%s'".formatted(rule)));
        return Backtest.of(named, readings(named), since, until);
    }

    /** When a rule would have fired that is not watched. */
    public Backtest backtest(JsonNode rule, Instant since, Instant until) throws StoreUnavailable {
        Rule read = book.read(rule);
        return Backtest.of(read, readings(read), since, until);
    }

    private void run() {
        try {
            while (true) {
                look();
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Said once: the store says more often what is wrong with it. */
    private void blinded(StoreUnavailable why) {
        if (!blind) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "rules of alerts cannot be looked at: {0}",
                    why.getMessage());
        }
        blind = true;
    }

    private Readings readings(Rule rule) {
        return Objects.requireNonNull(readings.get(rule.metric().origin()));
    }

    private String noChannel(String name) {
        return plan.channels().isEmpty()
                ? "no channel is configured, see alerts.channels"
                : "there is no channel '%s'; there are %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        plan.channels().stream().map(ChannelPlan::name).toList()));
    }
}
