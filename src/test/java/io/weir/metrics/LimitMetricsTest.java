package io.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitMetricsTest {
    private final String text = new MetricsReading(MetricsConfig.DEFAULTS).text();

    @Test
    void tellsWhatIsReservedByBothWaysOfCounting() {
        assertThat(text)
                .contains(
                        "weir_reserved_usd{counted_by=\"calls\"} 0.25\n",
                        "weir_reserved_usd{counted_by=\"budgets\"} 0.25\n",
                        "weir_reserving_calls 1.0\n",
                        "weir_swept_reservations_total 0.0\n");
    }

    @Test
    void tellsHowRulesStandAndWhichRefuse() {
        assertThat(text)
                .contains(
                        "weir_limit_calls{limit=\"everyone\"} 1.0\n",
                        "weir_limit_waiting_calls{limit=\"everyone\"} 0.0\n",
                        "weir_limit_refusals_total{rule=\"everyone\"} 1.0\n",
                        "weir_budget_used_ratio{budget=\"shop\"} 0.25\n",
                        "weir_budget_spent_usd{budget=\"shop\"} 0.0\n",
                        "weir_budget_known{budget=\"shop\"} 0.0\n");
    }

    @Test
    void tellsHowTheProvidersKeysStand() {
        assertThat(text)
                .contains(
                        "weir_upstream_key_up{key=\"east\"} 1.0\n",
                        "weir_upstream_key_calls_total{key=\"east\"} 0.0\n",
                        "weir_upstream_waiting_calls 0.0\n");
    }
}
