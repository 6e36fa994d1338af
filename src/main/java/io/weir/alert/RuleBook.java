package io.weir.alert;

import io.weir.config.ConfigException;
import io.weir.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All rules: those that Weir comes with, those of the configuration, which count more, and those
 * that were added since, which may replace the first but not the second.
 */
final class RuleBook {
    private static final System.Logger LOG = System.getLogger(RuleBook.class.getName());
    private static final String SHIPPED = "rules.json";

    private final AlertPlan plan;
    private final StateFile<Added> file;
    private final SortedMap<String, Rule> added = new TreeMap<>();

    /** As they were written. */
    record Added(List<JsonNode> rules) {
        Added {
            rules = List.copyOf(rules);
        }
    }

    RuleBook(AlertPlan plan, Path directory) throws IOException {
        this.plan = plan;
        this.file = new StateFile<>(directory.resolve("rules.json"), Added.class);
        for (JsonNode source : file.read(new Added(List.of())).rules()) {
            try {
                Rule rule = plan.reader().read(source, Rule.Origin.ADDED);
                added.put(rule.name(), rule);
            } catch (ConfigException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "an added rule is not watched any more: {0}",
                        e.getMessage());
            }
        }
    }

    /** All that are watched, by name. */
    synchronized List<Rule> rules() {
        SortedMap<String, Rule> rules = new TreeMap<>();
        if (plan.defaults()) {
            shipped().forEach(rule -> rules.put(rule.name(), rule));
        }
        rules.putAll(added);
        plan.rules().forEach(rule -> rules.put(rule.name(), rule));
        return List.copyOf(rules.values());
    }

    /** A rule that is not kept, to be tried. */
    Rule read(JsonNode source) {
        return plan.reader().read(source, Rule.Origin.ADDED);
    }

    /**
     * Adds a rule, or replaces an added one.
     *
     * @throws ConfigException where it makes no sense
     * @throws IllegalArgumentException where the configuration has one of that name
     */
    synchronized void put(JsonNode source) throws IOException {
        Rule rule = read(source);
        requireOwn(rule.name());
        @Nullable Rule before = added.put(rule.name(), rule);
        try {
            write();
        } catch (IOException e) {
            if (before == null) {
                added.remove(rule.name());
            } else {
                added.put(rule.name(), before);
            }
            throw e;
        }
    }

    /**
     * Removes an added rule.
     *
     * @throws NoSuchElementException where there is none
     * @throws IllegalArgumentException where it is one of the configuration
     */
    synchronized void remove(String name) throws IOException {
        requireOwn(name);
        if (added.remove(name) == null) {
            throw new NoSuchElementException("no rule '%s' has been added".formatted(name));
        }
        write();
    }

    private void requireOwn(String name) {
        if (plan.rules().stream().anyMatch(rule -> rule.name().equals(name))) {
            throw new IllegalArgumentException(
                    "the rule '%s' is in the configuration: change it there".formatted(name));
        }
    }

    private void write() throws IOException {
        file.write(new Added(new ArrayList<>(added.values().stream().map(Rule::source).toList())));
    }

    private List<Rule> shipped() {
        try (InputStream in = RuleBook.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is missing");
            }
            return Json.MAPPER
                    .readTree(in)
                    .valueStream()
                    .map(source -> plan.reader().read(source, Rule.Origin.DEFAULT))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(SHIPPED + " cannot be read", e);
        }
    }
}
