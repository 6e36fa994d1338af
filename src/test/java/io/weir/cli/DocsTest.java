package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.WeirConfig;
import io.weir.call.CallRecordJson;
import io.weir.call.CallRecords;
import io.weir.call.UpstreamFailure.Timer;
import io.weir.config.Settings;
import io.weir.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documents against the code. Tables between {@code <!-- generated: NAME -->} and {@code <!--
 * /generated -->} are written anew by {@code ./mvnw test -Dtest=DocsTest -Dweir.docs.write=true}.
 */
class DocsTest {
    private static final Path GUIDE = Path.of("GUIDE.md");
    private static final Path SOURCES = Path.of("src/main/java/io/weir");
    private static final boolean WRITES = Boolean.getBoolean("weir.docs.write");

    private static final List<Path> PAGES =
            Stream.of(
                            "README.md",
                            "GUIDE.md",
                            "CHANGELOG.md",
                            "CONTRIBUTING.md",
                            "SECURITY.md",
                            "docs/configuration.md",
                            "docs/decisions.md",
                            "docs/design.md",
                            "docs/emulator.md")
                    .map(Path::of)
                    .toList();

    private static final Pattern ERROR =
            Pattern.compile(
                    "(?:ApiError\\.of|refuse)\\(\\s*(?:exchange,\\s*)?(\\d{3}),\\s*\"\\w+\",\\s*\"(\\w+)\"");
    private static final Pattern ROUTE =
            Pattern.compile("new Route\\(\\s*\"([A-Z]+)\",\\s*\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern MACHINE =
            Pattern.compile(
                    "(?<![\\w.])/(?:home|root|tmp|work|Users)/|repo1?\\.maven|registry\\.npmjs");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    static List<GeneratedTable> generatedTablesAreFresh() {
        return GeneratedTable.ALL;
    }

    @ParameterizedTest
    @MethodSource
    void generatedTablesAreFresh(GeneratedTable table) throws IOException {
        String page = Files.readString(table.page());
        String fresh = table.into(page);
        if (WRITES) {
            Files.writeString(table.page(), fresh);
        } else {
            assertThat(page)
                    .as("stale: ./mvnw test -Dtest=DocsTest -Dweir.docs.write=true writes it anew")
                    .isEqualTo(fresh);
        }
    }

    @Test
    void theGuideExplainsEveryErrorThatWeirMakes() throws IOException {
        String guide = Files.readString(GUIDE);
        for (MatchResult error : found(ERROR)) {
            assertThat(guide).contains("| `" + error.group(2) + "` | " + error.group(1) + " |");
        }
        for (Timer timer : Timer.values()) {
            assertThat(guide).contains("| `" + timer.errorType() + "` | 504 |");
        }
        assertThat(guide)
                .contains("| `upstream_unreachable` | 502 |", "| `upstream_broken` | 502 |");
    }

    @Test
    void theGuideNamesEveryRoute() throws IOException {
        String guide = Files.readString(GUIDE);
        List<MatchResult> routes = found(ROUTE);
        assertThat(routes).hasSizeGreaterThan(7);
        for (MatchResult route : routes) {
            String path = route.group(2).replace("calls/*", "calls/ID").replace("*", "NAME");
            assertThat(guide).contains("| `" + route.group(1) + " " + path);
        }
    }

    @Test
    void theGuideNamesEveryFieldOfACall() throws IOException {
        String guide = Files.readString(GUIDE);
        Random random = new Random(20261122);
        Set<String> fields = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            byte[] json =
                    CallRecordJson.write(
                            CallRecords.any(random, Instant.parse("2026-11-22T01:02:03Z")));
            fields.addAll(Json.MAPPER.readTree(json).propertyNames());
        }
        assertThat(fields).hasSizeGreaterThan(50);
        assertThat(fields).allSatisfy(field -> assertThat(guide).contains("`" + field + "`"));
    }

    @Test
    void theConfigurationsInTheDocumentsAreAccepted() throws IOException {
        List<String> examples = new ArrayList<>();
        for (Path page : PAGES) {
            YAML.matcher(Files.readString(page))
                    .results()
                    .forEach(match -> examples.add(match.group(1)));
        }
        assertThat(examples).hasSizeGreaterThan(1);
        for (String example : examples) {
            WeirConfig.from(
                    Settings.parse(example, "example"),
                    Map.of(
                            "UPSTREAM_KEY",
                            "sk-1",
                            "SEARCH_KEY",
                            "s-1",
                            "SUPPORT_KEY",
                            "s-2",
                            "OPENAI_API_KEY",
                            "sk-2"),
                    WeirConfig.Overrides.NONE);
        }
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        for (Path page : PAGES) {
            for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
                Path target = page.resolveSibling(link.group(1));
                // Written by a benchmark's run, so it may not be there yet.
                if (!target.startsWith("docs/benchmarks")) {
                    assertThat(target).as("a link in " + page).exists();
                }
            }
        }
    }

    @Test
    void documentsNameNoMachine() throws IOException {
        for (Path page : PAGES) {
            assertThat(Files.readString(page)).as(page.toString()).doesNotContainPattern(MACHINE);
        }
    }

    private static List<MatchResult> found(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SOURCES.resolve("emulator")))
                    .flatMap(file -> pattern.matcher(text(file)).results())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
