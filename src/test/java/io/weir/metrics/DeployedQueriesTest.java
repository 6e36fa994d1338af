package io.weir.metrics;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules and the dashboard under {@code deploy} against what is served. */
class DeployedQueriesTest {
    private static final Pattern METRIC = Pattern.compile("\\bweir_\\w+");
    private static final Pattern SERVED =
            Pattern.compile("^(weir_\\w+)[ {]|^# TYPE (weir_\\w+)", Pattern.MULTILINE);
    private static final Pattern LABELS_OF_CALLS =
            Pattern.compile(
                    "\\b(model|key|project|endpoint|upstream|status_class|error_type|stream)\\b(?=[,)=!]|}})");

    @ParameterizedTest
    @ValueSource(strings = {"deploy/prometheus/rules.yml", "deploy/grafana/weir.json"})
    void everyMetricTheyNameIsServed(Path file) throws IOException {
        Set<String> named =
                METRIC.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .collect(toSet());

        assertThat(named).hasSizeGreaterThan(8);
        assertThat(served()).containsAll(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/prometheus/rules.yml", "deploy/grafana/weir.json"})
    void everyLabelOfCallsTheyNameIsThereByDefault(Path file) throws IOException {
        Set<String> named =
                LABELS_OF_CALLS
                        .matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .collect(toSet());

        assertThat(named).hasSizeGreaterThan(1);
        assertThat(MetricsConfig.DEFAULTS.labels()).containsAll(named);
    }

    private static Set<String> served() {
        return SERVED.matcher(MetricsTable.reading().text())
                .results()
                .map(served -> served.group(1) == null ? served.group(2) : served.group(1))
                .collect(toSet());
    }
}
