package io.weir.web;

import io.weir.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the gateway is, and how it is configured. It needs no store: it says how that one is. */
final class HealthPage implements Page {
    private final Supplier<ObjectNode> status;
    private final List<Settings.InForce> settings;

    /** What the template shows. */
    record Model(List<Part> parts, List<Settings.InForce> settings) {}

    /**
     * A part of the gateway.
     *
     * @param problem what is wrong and what to do; empty where nothing is
     */
    record Part(String title, boolean ok, String problem, List<Fact> facts) {}

    /**
     * Something about a part.
     *
     * @param time whether the value is an instant in ISO form
     */
    record Fact(String label, String value, boolean time) {}

    HealthPage(Supplier<ObjectNode> status, List<Settings.InForce> settings) {
        this.status = status;
        this.settings = List.copyOf(settings);
    }

    @Override
    public String path() {
        return "/health";
    }

    @Override
    public String title() {
        return "Health";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.SYSTEM, "gauge"));
    }

    @Override
    public boolean hasWindow() {
        return false;
    }

    @Override
    public Answer answer(Visit visit) {
        ObjectNode json = status.get();
        return Answer.view("health", new Model(parts(json), settings));
    }

    private static List<Part> parts(ObjectNode json) {
        List<Part> parts = new ArrayList<>();
        parts.add(gateway(json));
        parts.add(journal(json.path("journal")));
        parts.add(store(json.path("store")));
        parts.add(models(json.path("models")));
        json.path("exporters").forEach(each -> parts.add(exporter(each)));
        return parts;
    }

    private static Part gateway(JsonNode json) {
        long unrecorded = json.path("records_unrecorded").asLong();
        return new Part(
                "Gateway",
                json.path("ready").asBoolean(),
                json.path("ready").asBoolean() ? "" : "Calls are refused: see the journal.",
                List.of(
                        text("Version", json.path("version").asString()),
                        text("Upstream", json.path("upstream").asString()),
                        count("Connections", json.path("connections")),
                        count("Calls ended since start", json.path("calls_ended")),
                        count("Records waiting for the journal", json.path("records_waiting")),
                        text("Relayed without a record", Figures.count(unrecorded).text())));
    }

    private static Part journal(JsonNode json) {
        List<Fact> facts = new ArrayList<>();
        json.path("reader_lag")
                .properties()
                .forEach(lag ->
                        facts.add(
                                count(
                                        "Entries that “" + lag.getKey() + "” is behind",
                                        lag.getValue())));
        facts.add(count("Calls open", json.path("open_calls")));
        facts.add(bytes("On disk", json.path("bytes_on_disk")));
        facts.add(bytes("Free on its disk", json.path("free_bytes")));
        facts.add(count("Last entry", json.path("last_sequence")));
        facts.add(count("Safe from a power cut up to", json.path("forced_sequence")));
        facts.add(bytes("Torn off by a crash", json.path("torn_bytes")));
        facts.add(count("Damaged entries", json.path("missing_entries")));
        return new Part("Journal", json.path("ok").asBoolean(), problem(json), facts);
    }

    private static Part store(JsonNode json) {
        List<Fact> facts = new ArrayList<>();
        facts.add(count("Calls", json.path("calls")));
        facts.add(bytes("On disk", json.path("bytes_on_disk")));
        facts.add(count("Has the journal up to", json.path("applied_through")));
        time(facts, "Oldest call", json.path("oldest"));
        time(facts, "Newest call", json.path("newest"));
        return new Part("Store", json.path("ok").asBoolean(), problem(json), facts);
    }

    private static Part models(JsonNode json) {
        return new Part(
                "Catalogue of models",
                json.path("problem").isNull() || json.path("problem").isMissingNode(),
                problem(json),
                List.of(
                        text("From", json.path("source").asString("")),
                        count("Models", json.path("models"))));
    }

    private static Part exporter(JsonNode json) {
        List<Fact> facts = new ArrayList<>();
        facts.add(text("Sends to", json.path("kind").asString()));
        facts.add(count("Entries behind", json.path("lag")));
        time(facts, "Oldest call that waits", json.path("waiting_since"));
        time(facts, "Last sent", json.path("last_sent"));
        facts.add(count("Sent since start", json.path("sent")));
        facts.add(count("Failed tries", json.path("failures")));
        facts.add(count("Set aside", json.path("set_aside")));
        facts.add(count("Rejected in part", json.path("rejected")));
        facts.add(count("Dropped for want of disk", json.path("dropped")));
        return new Part(
                "Exporter " + json.path("name").asString(),
                json.path("ok").asBoolean(),
                problem(json),
                facts);
    }

    private static String problem(JsonNode json) {
        return json.path("problem").asString("");
    }

    private static Fact text(String label, String value) {
        return new Fact(label, value, false);
    }

    private static Fact count(String label, JsonNode number) {
        long count = number.asLong();
        return text(label, count < 0 ? Figure.NONE.text() : Figures.count(count).text());
    }

    private static Fact bytes(String label, JsonNode number) {
        return text(label, Figures.bytes(number.asLong()).text());
    }

    private static void time(List<Fact> facts, String label, JsonNode instant) {
        if (instant.isString()) {
            facts.add(new Fact(label, instant.asString(), true));
        }
    }
}
