package io.weir.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.weir.alert.ChannelHealth;
import io.weir.alert.Standing;
import java.util.List;
import java.util.function.Supplier;

/** What fires, and how channels are, asked anew for each scrape. */
public final class AlertMetrics implements MultiCollector {
    private final Supplier<List<Standing>> rules;
    private final Supplier<List<ChannelHealth>> channels;

    /** Of these rules and channels. */
    public AlertMetrics(Supplier<List<Standing>> rules, Supplier<List<ChannelHealth>> channels) {
        this.rules = rules;
        this.channels = channels;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        new Families<>(
                        metrics,
                        rules.get(),
                        (Standing each) ->
                                Labels.of("rule", each.rule(), "severity", each.severity().word()))
                .gauge(
                        "weir_alerts_firing",
                        "Alerts of a rule that fire, silenced ones too.",
                        rule -> rule.incident() == null ? 0 : rule.incident().firing().size());
        new Families<>(
                        metrics,
                        channels.get(),
                        (ChannelHealth each) -> Labels.of("channel", each.name()))
                .gauge(
                        "weir_alert_channel_up",
                        "1 while the last try to tell a channel went well.",
                        channel -> channel.problem().isEmpty() ? 1 : 0)
                .gauge(
                        "weir_alert_notifications_waiting",
                        "What a channel is yet to be told. It is told when it can be.",
                        ChannelHealth::waiting)
                .counter(
                        "weir_alert_notifications", "What a channel was told.", ChannelHealth::told)
                .counter(
                        "weir_alert_failures",
                        "Tries to tell a channel that failed.",
                        ChannelHealth::failures);
        return metrics.build();
    }
}
