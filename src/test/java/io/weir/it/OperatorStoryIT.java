package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.microsoft.playwright.Locator;
import io.weir.it.Chromium.Look;
import io.weir.it.StoryTrace.Fault;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What somebody learns from the dashboard after an hour in which three things went wrong: which
 * model, since when, with which message, at what cost. The hour is played in a minute and then
 * {@linkplain StretchedTime stretched}.
 */
@NeedsChromium
@TestInstance(PER_CLASS)
class OperatorStoryIT {
    private static final int SPEED = 60;
    private static final String JOB_KEY = "sk-weir-nightly-job";
    private static final Duration CELL = Duration.ofMinutes(5);

    private static final String CONFIG =
            """
            emulator: {first_token: 60ms, per_token: 0ms}
            capture: {level: full}
            keys: [{name: nightly, project: batch, key: "env:JOB_KEY"}]
            """;

    private RunningWeir weir;
    private Chromium chromium;
    private Visitor operator;
    private Instant begin;
    private String hour;

    @BeforeAll
    void playTheHour(@TempDir Path directory)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        RunningWeir.Start start =
                RunningWeir.in(directory.resolve("data"))
                        .config(CONFIG)
                        .variable("JOB_KEY", JOB_KEY);
        try (RunningWeir first = start.start()) {
            new StoredCalls(first).atLeast("", play(first, directory));
            first.stop();
        }
        begin = lastHourWithinADay(Instant.now());
        hour = "since=%s&until=%s".formatted(begin, begin.plus(StoryTrace.LENGTH));
        StretchedTime.of(directory.resolve("data"), SPEED, begin);
        weir = start.start();
        chromium = Chromium.launch();
        operator = new Visitor(chromium, weir.origin(), Look.LIGHT.options());
        operator.logIn(weir.adminKey());
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (weir != null) {
            weir.close();
        }
    }

    @Test
    void theOverviewNamesTheSlowModelAndTheFailingOne() {
        operator.open("/?sort=p95_ms&" + hour);
        assertThat(firstModel()).isEqualTo(StoryTrace.SLOW.model());
        operator.open("/?sort=error_rate&" + hour);
        assertThat(firstModel()).isEqualTo(StoryTrace.REFUSED.model());
        assertThat(operator.tab().locator("#top-key").innerText()).contains("nightly");
        assertThat(operator.troubles()).isEmpty();
    }

    @Test
    void allThreeFaultsAreAnomaliesSinceTheyBegan() throws IOException, InterruptedException {
        List<Map<String, String>> anomalies = anomalies();
        List<Map<String, String>> others = new ArrayList<>(anomalies);
        others.removeAll(of(anomalies, "latency", StoryTrace.SLOW));
        others.removeAll(of(anomalies, "errors", StoryTrace.REFUSED));
        others.removeAll(of(anomalies, "loop", StoryTrace.LOOP));
        others.removeIf(each -> startsIn(each, StoryTrace.LOOP) && isOfJob(each));
        System.out.printf("anomalies: %d, false: %d%n", anomalies.size(), others.size());
        anomalies.forEach(each -> System.out.println("  " + each.get("reads")));
        assertThat(of(anomalies, "latency", StoryTrace.SLOW)).isNotEmpty();
        assertThat(of(anomalies, "errors", StoryTrace.REFUSED)).isNotEmpty();
        assertThat(of(anomalies, "loop", StoryTrace.LOOP)).isNotEmpty();
    }

    @Test
    void theAnomaliesLeadToWhatCausedThem() {
        awaitSearch();
        assertThat(operator.tab().locator(".finds .kind").allInnerTexts())
                .contains("loop", "errors", "latency");
        assertThat(line("loop")).contains("nightly", "the same call to gpt-4.1-nano", "$");
        assertThat(why("errors")).contains(StoryTrace.REFUSED.model(), "rate_limit");
        assertThat(why("latency")).contains(StoryTrace.SLOW.model());
        assertThat(operator.troubles()).isEmpty();
    }

    @Test
    void theErrorsPageHasTheMessageWithoutWhatDiffers() {
        operator.open("/errors?" + hour);
        assertThat(operator.tab().locator("main").innerText()).contains("Rate limit reached for");
        assertThat(operator.troubles()).isEmpty();
    }

    @Test
    void showsItselfInPictures() throws IOException {
        awaitSearch();
        Screenshots pictures = new Screenshots(chromium, weir, operator.profile().storageState());
        pictures.take("overview", Look.LIGHT, "/?" + hour);
        pictures.take("overview-dark", Look.DARK, "/?" + hour);
        pictures.take("overview-narrow", Look.NARROW, "/?" + hour);
        for (String page : List.of("latency", "errors", "calls", "cost", "anomalies")) {
            pictures.take(page, Look.LIGHT, "/" + page + "?" + hour);
        }
        pictures.take("why", Look.LIGHT, String.valueOf(whyLink("errors").getAttribute("href")));
        pictures.take("call", Look.LIGHT, exampleOfError());
        assertThat(pictures.problems()).isEmpty();
    }

    /**
     * When the last hour began that is over and of one day: anomalies are searched by the day, and
     * what is usual takes half an hour to know.
     */
    private static Instant lastHourWithinADay(Instant now) {
        Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
        Instant hourAgo = now.minus(StoryTrace.LENGTH);
        Instant from = hourAgo.isBefore(midnight) ? midnight.minus(StoryTrace.LENGTH) : hourAgo;
        return Instant.ofEpochSecond(from.getEpochSecond() / CELL.toSeconds() * CELL.toSeconds());
    }

    /** Plays both traces at once, to their ends; how many calls they are. */
    private static int play(RunningWeir on, Path directory)
            throws IOException, InterruptedException, ExecutionException {
        Path key = Files.writeString(directory.resolve("job.key"), JOB_KEY + "\n");
        Path application = StoryTrace.application(directory);
        Path job = StoryTrace.job(directory);
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ChildProcess.Ended> one = both.submit(replay(on, application));
            Future<ChildProcess.Ended> other =
                    both.submit(replay(on, job, "--key-file", key.toString()));
            assertThat(other.get().exitCode()).as(other.get().stderr()).isZero();
            assertThat(one.get().exitCode()).as("some calls are refused").isEqualTo(1);
        }
        return Files.readAllLines(application).size() + Files.readAllLines(job).size() - 2;
    }

    private static Callable<ChildProcess.Ended> replay(
            RunningWeir on, Path trace, String... options) {
        List<String> command = new ArrayList<>(List.of("replay", trace.toString()));
        command.addAll(List.of("--speed", String.valueOf(SPEED), "--json"));
        command.addAll(List.of(options));
        return () -> on.command(command.toArray(String[]::new));
    }

    /** Anomalies are searched in the background, from the start on. */
    private void awaitSearch() {
        await().pollInSameThread()
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    operator.open("/anomalies?" + hour);
                    return operator.tab().locator(".finds li").count() > 0;
                });
    }

    private String exampleOfError() {
        operator.open("/errors?" + hour);
        return operator.tab().locator("#types a[href^='/calls/']").first().getAttribute("href");
    }

    private String firstModel() {
        return operator.tab().locator("#top-model tbody td").first().innerText().strip();
    }

    private String line(String kind) {
        return operator.tab()
                .locator(".finds li:has(.kind:text-is('%s'))".formatted(kind))
                .first()
                .innerText();
    }

    private String why(String kind) {
        whyLink(kind).click();
        operator.tab().waitForURL(url -> url.contains("/why"));
        operator.tab().locator("h1:text-is('Why')").waitFor();
        return operator.tab().locator("main").innerText();
    }

    private Locator whyLink(String kind) {
        operator.open("/anomalies?" + hour);
        return operator.tab()
                .locator(".finds li:has(.kind:text-is('%s')) a[href^='/why']".formatted(kind))
                .first();
    }

    private List<Map<String, String>> anomalies() throws IOException, InterruptedException {
        ChildProcess.Ended report =
                weir.command(
                        "report",
                        "anomalies",
                        "--since",
                        begin.toString(),
                        "--until",
                        begin.plus(StoryTrace.LENGTH).toString(),
                        "--json");
        assertThat(report.exitCode()).as(report.stderr()).isZero();
        JsonNode table = Json.MAPPER.readTree(report.stdout());
        List<Map<String, String>> found = new ArrayList<>();
        for (JsonNode row : table.path("rows")) {
            Map<String, String> anomaly = new HashMap<>();
            for (int i = 0; i < row.size(); i++) {
                anomaly.put(
                        table.path("columns").path(i).path("name").asString(),
                        row.path(i).asString());
            }
            found.add(anomaly);
        }
        return found;
    }

    private List<Map<String, String>> of(
            List<Map<String, String>> anomalies, String kind, Fault fault) {
        return anomalies.stream()
                .filter(each -> kind.equals(each.get("kind")) && startsIn(each, fault))
                .toList();
    }

    /**
     * Whether an anomaly begins in the five minutes in which a fault does, or beside them: where
     * the first call comes late all others seem early, and a second of play is a minute.
     */
    private boolean startsIn(Map<String, String> anomaly, Fault fault) {
        Instant from = Instant.parse(anomaly.getOrDefault("from", ""));
        Instant fault0 = begin.plus(Duration.ofMinutes(fault.from()));
        return !from.isBefore(fault0.minus(CELL)) && !from.isAfter(fault0.plus(CELL));
    }

    /** A loop is also more calls, of its key and of its model. */
    private static boolean isOfJob(Map<String, String> anomaly) {
        return List.of("nightly", StoryTrace.LOOP.model()).contains(anomaly.get("name"));
    }
}
