package io.weir.export;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A search under {@code deploy}.
 *
 * @param name what it answers
 * @param terms what finds its events
 * @param fields of events that it names anywhere, by the names that a record has
 */
public record ShippedSearch(String name, String terms, Set<String> fields) {
    static final Path SPLUNK = Path.of("deploy/splunk/weir/default");
    static final Path LOGGLY = Path.of("deploy/loggly/searches.json");

    private static final String PREFIX = "Weir: ";
    private static final Pattern MACRO = Pattern.compile("`(\\w+)`");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern DEFINED = Pattern.compile("(?:\\bAS|\\beval) +(\\w+)");
    private static final Pattern WORD = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*(?![\\w(])");

    /** Of Splunk's language, as far as it is made use of. */
    private static final Set<String> COMMANDS =
            Set.of(
                    "dedup",
                    "timechart",
                    "span",
                    "count",
                    "BY",
                    "AS",
                    "table",
                    "eval",
                    "stats",
                    "sort",
                    "fields",
                    "bin",
                    "where",
                    "AND");

    /** What an event has in Splunk beside its own fields. */
    private static final Set<String> OF_SPLUNK = Set.of("_time", "index", "sourcetype");

    public ShippedSearch {
        fields = Set.copyOf(fields);
    }

    /** Those for Splunk. */
    public static List<ShippedSearch> splunk() throws IOException {
        Map<String, Map<String, String>> macros = stanzas(SPLUNK.resolve("macros.conf"));
        List<ShippedSearch> searches = new ArrayList<>();
        stanzas(SPLUNK.resolve("savedsearches.conf"))
                .forEach((name, keys) -> {
                    String search =
                            MACRO.matcher(keys.getOrDefault("search", ""))
                                    .replaceAll(macro -> definition(macros, macro.group(1)));
                    searches.add(splunk(name.substring(PREFIX.length()), search));
                });
        return searches;
    }

    /** Those for Loggly. */
    public static List<ShippedSearch> loggly() throws IOException {
        List<ShippedSearch> searches = new ArrayList<>();
        for (JsonNode each : Json.MAPPER.readTree(Files.readString(LOGGLY))) {
            String terms = each.path("q").asString();
            Set<String> fields = SearchTerms.fields(terms);
            for (String key : List.of("field", "value")) {
                if (each.has(key)) {
                    fields.add(each.path(key).asString());
                }
            }
            fields.remove("tag");
            searches.add(new ShippedSearch(each.path("name").asString(), terms, own(fields)));
        }
        return searches;
    }

    /** The one of that name. */
    public static ShippedSearch named(String name, List<ShippedSearch> among) {
        return among.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /** A search of Splunk's: terms, and what is made of what they find. */
    static ShippedSearch splunk(String name, String search) {
        String[] parts = search.split("\\|", 2);
        Set<String> fields = SearchTerms.fields(parts[0]);
        if (parts.length == 2) {
            String pipeline = QUOTED.matcher(parts[1]).replaceAll(" ");
            Set<String> named = all(WORD, pipeline, 0);
            named.removeAll(COMMANDS);
            named.removeAll(all(DEFINED, pipeline, 1));
            fields.addAll(named);
        }
        fields.removeAll(OF_SPLUNK);
        return new ShippedSearch(name, parts[0], fields);
    }

    /** The stanzas of one of Splunk's files, by name. */
    static Map<String, Map<String, String>> stanzas(Path file) throws IOException {
        Map<String, Map<String, String>> stanzas = new LinkedHashMap<>();
        Map<String, String> stanza = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("[") && line.endsWith("]")) {
                stanza = new LinkedHashMap<>();
                stanzas.put(line.substring(1, line.length() - 1), stanza);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String[] pair = line.split(" = ", 2);
                if (pair.length < 2 || stanza.put(pair[0], pair[1]) != null) {
                    throw new IOException("%s: '%s' is no KEY = VALUE".formatted(file, line));
                }
            }
        }
        return stanzas;
    }

    private static String definition(Map<String, Map<String, String>> macros, String name) {
        return macros.getOrDefault(name, Map.of()).getOrDefault("definition", "no_macro_" + name);
    }

    /** Loggly puts what it reads of JSON below {@code json}. */
    private static Set<String> own(Set<String> fields) {
        Set<String> own = new TreeSet<>();
        fields.forEach(field -> own.add(field.replaceFirst("^json\\.", "")));
        return own;
    }

    private static Set<String> all(Pattern pattern, String text, int group) {
        Set<String> all = new TreeSet<>();
        for (MatchResult found : pattern.matcher(text).results().toList()) {
            all.add(found.group(group));
        }
        return all;
    }
}
