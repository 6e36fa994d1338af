package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import io.weir.report.Dimension;
import io.weir.report.FailureClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {
    @Test
    void aRuleSaysWhatItWatchesForInWords() {
        Rule rule =
                Rules.rule(
                        """
                        'metric': 'error_rate', 'errors': ['time-out', 'server'], 'above': '5%',
                        'window': '10m', 'for': '2m', 'by': ['model', 'key'],
                        'where': {'project': 'web'}, 'severity': 'critical'
                        """);
        assertThat(AlertWords.summary(rule))
                .isEqualTo(
                        "error rate (server, time-out) above 5 % in 10 min for 2 min of project web, by model and key");
        assertThat(rule.by()).containsExactly(Dimension.MODEL, Dimension.KEY);
        assertThat(rule.errors())
                .containsExactlyInAnyOrder(FailureClass.TIME_OUT, FailureClass.SERVER);
        assertThat(rule.step()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatIsNotSaidIsSensible() {
        Rule rule = Rules.rule("'metric': 'latency_p95', 'above': '8s'");
        assertThat(rule.window()).isEqualTo(Duration.ofMinutes(5));
        assertThat(rule.step()).isEqualTo(Duration.ofSeconds(30));
        assertThat(rule.threshold()).isEqualTo(8_000);
        assertThat(rule.atLeast()).isEqualTo(20);
        assertThat(rule.to()).isEqualTo(Rules.CHANNELS);
        assertThat(rule.severity()).isEqualTo(Severity.WARNING);
        assertThat(rule.quiet()).isNull();
        assertThat(rule.escalation()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'metric': 'colour', 'above': 1 | metric: 'colour' is not one of error_rate",
                "'metric': 'spend' | give above or below",
                "'metric': 'spend', 'above': 1, 'below': 2 | give above or below",
                "'metric': 'spend', 'above': '5%' | dollars such as $2.50",
                "'metric': 'error_rate', 'above': '$5' | a share such as 5%",
                "'metric': 'latency_p95', 'above': '5' | a time such as 800ms",
                "'metric': 'calls', 'above': 1, 'window': '15s' | in whole tens of seconds",
                "'metric': 'calls', 'above': 1, 'window': '32d' | 10s to 31d",
                "'metric': 'calls', 'above': 1, 'to': ['fax'] | one of mail, pager",
                "'metric': 'calls', 'above': 1, 'by': ['moon'] | each once, of model, key",
                "'metric': 'calls', 'above': 1, 'where': {'moon': 'full'} | no filter is called 'moon'",
                "'metric': 'calls', 'above': 1, 'errors': ['server'] | only error_rate",
                "'metric': 'calls', 'above': 1, 'colour': 'red' | unknown key 'colour'",
                "'metric': 'calls', 'above': 1, 'escalate': {'to': ['pager']} | a time such as 15m",
                "'metric': 'calls', 'above': 1, 'quiet': {'from': '25:00', 'to': '7:00'} | a time of the day",
                "'metric': 'budget_share', 'above': '80%' | dollars such as",
                "'metric': 'anomaly', 'where': {'project': 'x'} | model or key"
            })
    void aMistakeIsNamedWithWhatWouldDo(String keys, String said) {
        assertThatThrownBy(() -> Rules.rule(keys))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("alerts.rules.r")
                .hasMessageContaining(said);
    }

    @Test
    void rulesThatWeirComesWithAreSound() throws Exception {
        AlertPlan plan = AlertPlan.read(Settings.defaults(), Map.of(), Path.of("nowhere"));
        List<Rule> rules = new RuleBook(plan, Path.of("nowhere")).rules();
        assertThat(rules)
                .extracting(Rule::name)
                .containsExactly(
                        "anomalies",
                        "budgets",
                        "errors",
                        "exporter-behind",
                        "leaked-keys",
                        "store-behind",
                        "unpriced",
                        "upstream-down");
    }

    @Test
    void quietHoursOfAllHoldForWhatIsNotCritical() {
        Settings settings =
                Settings.parse(
                        """
                        alerts:
                          quiet: {from: "22:00", to: "07:00", zone: Europe/Berlin}
                          rules:
                            - {name: low, metric: calls, below: 1}
                            - {name: high, metric: calls, below: 1, severity: critical}
                        """,
                        "the test");
        AlertPlan plan = AlertPlan.read(settings, Map.of(), Path.of("nowhere"));
        settings.refuseUnknown();
        assertThat(plan.rules().get(0).quiet()).isNotNull();
        assertThat(plan.rules().get(1).quiet()).isNull();
    }
}
