package io.weir.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The keys of a configuration file, flattened ({@code upstream.timeouts.connect}), each read once
 * with its default and a description. What is left unread is a typing error, and said so. Used by
 * one thread, at start.
 */
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)?");

    private final String origin;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, Described> described = new LinkedHashMap<>();

    private JsonNode root = MissingNode.getInstance();

    private Settings(String origin) {
        this.origin = origin;
    }

    /**
     * One key as the documentation shows it.
     *
     * @param key dotted
     * @param fallback what counts where the file does not say
     * @param meaning a half sentence
     */
    public record Described(String key, String fallback, String meaning) {}

    /**
     * One key as it counts.
     *
     * @param value masked where it is secret
     * @param chosen whether somebody chose it, rather than leaving the default
     * @param meaning a half sentence
     */
    public record InForce(String key, String value, boolean chosen, String meaning) {}

    /** A configuration without a file: every key has its default. */
    public static Settings defaults() {
        return new Settings("the defaults");
    }

    /**
     * Reads a YAML file.
     *
     * @throws ConfigException when it cannot be read or is not a YAML map
     */
    public static Settings read(Path file) {
        try {
            return parse(Files.readString(file), file.getFileName().toString());
        } catch (IOException e) {
            throw new ConfigException(
                    "The configuration file " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** Reads YAML text; {@code origin} names it in messages. */
    public static Settings parse(String yaml, String origin) {
        Settings settings = new Settings(origin);
        try {
            JsonNode root = YAMLMapper.builder().build().readTree(yaml);
            if (root != null && !root.isNull() && !root.isMissingNode()) {
                settings.root = root;
                settings.flatten("", root);
            }
        } catch (JacksonException e) {
            throw new ConfigException(origin + " is not YAML: " + e.getOriginalMessage());
        }
        return settings;
    }

    /**
     * A document in YAML, or in JSON, which is YAML.
     *
     * @throws ConfigException when it is neither, or empty
     */
    public static JsonNode document(String yaml, String origin) {
        try {
            JsonNode root = YAMLMapper.builder().build().readTree(yaml);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw new ConfigException(origin + " is not YAML: " + e.getOriginalMessage());
        }
        throw new ConfigException(origin + ": expected keys and values.");
    }

    /** The keys of one item of a list. */
    public static Settings of(JsonNode item, String origin) {
        Settings settings = new Settings(origin);
        settings.root = item;
        settings.flatten("", item);
        return settings;
    }

    /**
     * The keys of an item of a list whose items have names; its {@code name} is read.
     *
     * @param list its key, for messages
     * @param most characters of a name
     * @throws ConfigException where it has none, or one that will not do
     */
    public static Settings named(JsonNode item, String list, int most) {
        String name = item.path("name").asString("");
        if (name.length() > most || !NAME.matcher(name).matches()) {
            throw new ConfigException(
                    "%s: each has a name of a-z, 0-9, _ and -, up to %d of them, not '%s'."
                            .formatted(list, most, name));
        }
        Settings settings = of(item, list + "." + name);
        settings.text("name", name, "what it is called");
        return settings;
    }

    /**
     * Refuses a list in which two items have one name.
     *
     * @param list its key, for the message
     */
    public static void requireOnce(String list, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new ConfigException("%s: two are called '%s'.".formatted(list, name));
            }
        }
    }

    /** A text. */
    public String text(String key, String fallback, String meaning) {
        JsonNode value = take(key, fallback, meaning);
        return value == null ? fallback : value.asString();
    }

    /** A text that may be missing. */
    public @Nullable String textOrNull(String key, String meaning) {
        JsonNode value = take(key, "", meaning);
        return value == null ? null : value.asString();
    }

    /** One of a few words. */
    public String oneOf(String key, List<String> words, String meaning) {
        String word = text(key, words.getFirst(), meaning + ": " + String.join(", ", words));
        if (!words.contains(word)) {
            throw wrong(key, word, "one of " + String.join(", ", words));
        }
        return word;
    }

    /** Any of a few words, each once, in the order given. */
    public List<String> someOf(
            String key, List<String> words, List<String> fallback, String meaning) {
        JsonNode value = take(key, fallback.toString(), meaning + ": " + String.join(", ", words));
        if (value == null) {
            return fallback;
        }
        List<String> chosen =
                value.isArray() ? value.valueStream().map(JsonNode::asString).toList() : List.of();
        boolean known = words.containsAll(chosen) && Set.copyOf(chosen).size() == chosen.size();
        if (!value.isArray() || !known) {
            throw wrong(key, value.toString(), "a list, each once, of " + String.join(", ", words));
        }
        return chosen;
    }

    /** A whole number within bounds. */
    public int number(String key, int fallback, int least, int most, String meaning) {
        JsonNode value = take(key, Integer.toString(fallback), meaning);
        if (value == null) {
            return fallback;
        }
        if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
            throw wrong(key, value.toString(), "a whole number from " + least + " to " + most);
        }
        return value.asInt();
    }

    /** Yes or no. */
    public boolean flag(String key, boolean fallback, String meaning) {
        JsonNode value = take(key, Boolean.toString(fallback), meaning);
        if (value == null) {
            return fallback;
        }
        if (!value.isBoolean()) {
            throw wrong(key, value.toString(), "true or false");
        }
        return value.asBoolean();
    }

    /** A length of time: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}. */
    public Duration duration(String key, String fallback, String meaning) {
        JsonNode value = take(key, fallback, meaning);
        String text = value == null ? fallback : value.asString();
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw wrong(key, text, "a duration such as 250ms, 10s, 5m, 24h or 7d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** A number of bytes: {@code 4096}, {@code 64KiB}, {@code 32MiB}, {@code 1GiB}. */
    public long bytes(String key, String fallback, String meaning) {
        JsonNode value = take(key, fallback, meaning);
        String text = value == null ? fallback : value.asString();
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            throw wrong(key, text, "a size such as 4096, 64KiB, 32MiB or 1GiB");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        int shift = List.of("B", "KiB", "MiB", "GiB").indexOf(unit) * 10;
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
    }

    /** A list of maps; empty where there is none. */
    public List<JsonNode> list(String key, String meaning) {
        JsonNode value = take(key, "[]", meaning);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(key, value.toString(), "a list");
        }
        List<JsonNode> items = new ArrayList<>();
        value.forEach(items::add);
        return items;
    }

    /** A list of texts; empty where there is none. */
    public List<String> texts(String key, String meaning) {
        List<JsonNode> items = list(key, meaning);
        if (!items.stream().allMatch(JsonNode::isString)) {
            throw wrong(key, items.toString(), "a list of texts");
        }
        return items.stream().map(JsonNode::asString).toList();
    }

    /** Texts by a name each, {@code key.name}; empty where there is none. */
    public Map<String, String> textsByName(String key, String meaning) {
        Map<String, String> texts = new LinkedHashMap<>();
        String prefix = key + ".";
        for (String each : List.copyOf(values.keySet())) {
            if (each.startsWith(prefix)) {
                texts.put(each.substring(prefix.length()), text(each, "", meaning));
            }
        }
        return texts;
    }

    /**
     * What stands at a key as it is written, with the names of its members in their own case;
     * missing where there is none.
     */
    public JsonNode tree(String key, String meaning) {
        described.put(key, new Described(key, "", meaning));
        JsonNode node = root;
        for (String word : key.split("\\.", -1)) {
            node =
                    node.properties().stream()
                            .filter(member -> member.getKey().equalsIgnoreCase(word))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse(MissingNode.getInstance());
        }
        values.keySet().removeIf(each -> each.startsWith(key + "."));
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException naming the keys that nobody asked for
     */
    public void refuseUnknown() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(described.keySet());
        if (!unknown.isEmpty()) {
            throw new ConfigException(
                    origin
                            + ": unknown key '"
                            + unknown.iterator().next()
                            + "'. Known are: "
                            + String.join(", ", described.keySet())
                            + ".");
        }
    }

    /** Every key that was read, for the documentation. */
    public List<Described> described() {
        return List.copyOf(described.values());
    }

    /**
     * Every key that was read, with the value that counts, secrets masked.
     *
     * @param overrides values that come from elsewhere and count more
     */
    public List<InForce> inForce(Map<String, String> overrides) {
        return described.values().stream()
                .map(each -> {
                    JsonNode value = values.get(each.key());
                    String override = overrides.get(each.key());
                    boolean chosen = override != null || (value != null && !value.isNull());
                    String shown =
                            override != null
                                    ? Mask.text(each.key(), override)
                                    : value == null || value.isNull()
                                            ? each.fallback()
                                            : Mask.node(each.key(), value);
                    return new InForce(each.key(), shown, chosen, each.meaning());
                })
                .toList();
    }

    /** The exception for a value that will not do. */
    public ConfigException wrong(String key, String found, String wanted) {
        return new ConfigException(
                origin + ": " + key + ": '" + found + "' is not " + wanted + ".");
    }

    private @Nullable JsonNode take(String key, String fallback, String meaning) {
        described.put(key, new Described(key, fallback, meaning));
        JsonNode value = values.get(key);
        return value == null || value.isNull() ? null : value;
    }

    private void flatten(String prefix, JsonNode node) {
        if (!node.isObject()) {
            if (prefix.isEmpty()) {
                throw new ConfigException(
                        origin + ": expected keys and values, found '" + shorten(node) + "'.");
            }
            values.put(prefix, node);
            return;
        }
        node.properties()
                .forEach(member ->
                        flatten(
                                (prefix.isEmpty() ? "" : prefix + ".")
                                        + member.getKey().toLowerCase(Locale.ROOT),
                                member.getValue()));
    }

    private static String shorten(JsonNode node) {
        String text = node.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
