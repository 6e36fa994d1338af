package io.weir.alert;

import io.weir.config.ConfigException;
import io.weir.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Alerts as they are configured. */
public final class AlertPlan {
    private final RuleReader reader;
    private final List<ChannelPlan> channels;
    private final List<Rule> rules;
    private final boolean defaults;
    private final @Nullable String link;

    private AlertPlan(
            RuleReader reader,
            List<ChannelPlan> channels,
            List<Rule> rules,
            boolean defaults,
            @Nullable String link) {
        this.reader = reader;
        this.channels = List.copyOf(channels);
        this.rules = List.copyOf(rules);
        this.defaults = defaults;
        this.link = link;
    }

    /**
     * Reads the keys that begin with {@code alerts}.
     *
     * @param data the data directory
     * @throws ConfigException saying which key is wrong and what would do
     */
    public static AlertPlan read(Settings settings, Map<String, String> environment, Path data) {
        List<ChannelPlan> channels = new ArrayList<>();
        for (JsonNode item :
                settings.list(
                        "alerts.channels",
                        "how people are told: name, kind, and what the kind needs; see docs/alerts.md")) {
            channels.add(ChannelPlan.read(item, environment, data));
        }
        List<String> names = channels.stream().map(ChannelPlan::name).toList();
        Settings.requireOnce("alerts.channels", names);
        RuleReader reader = new RuleReader(names, RuleReader.quiet(settings, "alerts."));
        List<Rule> rules = new ArrayList<>();
        for (JsonNode item :
                settings.list(
                        "alerts.rules",
                        "what is watched: name, metric, above or below; see docs/alerts.md")) {
            rules.add(reader.read(item, Rule.Origin.CONFIGURED));
        }
        Settings.requireOnce("alerts.rules", rules.stream().map(Rule::name).toList());
        return new AlertPlan(
                reader,
                channels,
                rules,
                settings.flag(
                        "alerts.defaults", true, "whether Weir's own rules are watched as well"),
                settings.textOrNull(
                        "alerts.link", "where people find this Weir: https://weir.example.com"));
    }

    RuleReader reader() {
        return reader;
    }

    List<ChannelPlan> channels() {
        return channels;
    }

    List<Rule> rules() {
        return rules;
    }

    boolean defaults() {
        return defaults;
    }

    /** Of the page of alerts; null where Weir does not know its own address. */
    @Nullable String link() {
        return link == null ? null : link.replaceFirst("/+$", "") + "/alerts";
    }
}
