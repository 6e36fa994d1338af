package io.weir.app;

import io.weir.admin.ExporterRoutes;
import io.weir.admin.PriceAnswers;
import io.weir.export.Exporters;
import io.weir.http.HttpServer;
import io.weir.ledger.Journal;
import io.weir.ledger.JournalHealth;
import io.weir.pricing.LiveModels;
import io.weir.store.CallStore;
import io.weir.store.StoreHealth;
import io.weir.upstream.UpstreamConfig;
import io.weir.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the gateway is: for the health checks and for whoever holds the admin key. */
final class Status {
    private final WeirConfig config;
    private final Journal journal;
    private final CallStore store;
    private final JournalSink sink;
    private final Exporters exporters;
    private final LiveModels models;
    private final boolean emulated;
    private final AtomicReference<@Nullable HttpServer> server = new AtomicReference<>();

    Status(
            WeirConfig config,
            Journal journal,
            CallStore store,
            JournalSink sink,
            Exporters exporters,
            LiveModels models,
            boolean emulated) {
        this.config = config;
        this.journal = journal;
        this.store = store;
        this.sink = sink;
        this.exporters = exporters;
        this.models = models;
        this.emulated = emulated;
    }

    void serves(HttpServer started) {
        server.set(started);
    }

    /** The port that is served; 0 before it is. */
    int port() {
        HttpServer serving = server.get();
        return serving == null ? 0 : serving.port();
    }

    /** Why calls cannot be taken. A store that is away hinders nobody: the journal holds. */
    List<String> hindrances() {
        List<String> hindrances = new ArrayList<>();
        Optional<String> failure = journal.health().failure();
        if (config.refuseUnrecorded() && failure.isPresent()) {
            hindrances.add("the journal cannot be written: " + failure.get());
        }
        return hindrances;
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        HttpServer serving = server.get();
        UpstreamConfig upstream = config.upstream();
        json.put("version", version());
        json.put("ready", hindrances().isEmpty());
        json.put("emulated", emulated);
        json.put(
                "upstream",
                upstream == null ? "the embedded emulator" : upstream.baseUrl().toString());
        if (upstream != null && upstream.proxy() != null) {
            json.put("upstream_proxy", upstream.proxy().authority());
        }
        json.put("connections", serving == null ? 0 : serving.connections());
        json.put("calls_ended", sink.ended());
        json.put("records_unrecorded", sink.unrecorded());
        json.put("records_waiting", sink.waiting());
        journal(json.putObject("journal"));
        store(json.putObject("store"));
        json.set("models", PriceAnswers.models(models.standing()));
        ArrayNode each = json.putArray("exporters");
        exporters.health().forEach(health -> each.add(ExporterRoutes.json(health)));
        return json;
    }

    private void journal(ObjectNode json) {
        JournalHealth health = journal.health();
        json.put("ok", health.healthy());
        json.put("problem", health.failure().orElse(null));
        json.put("bytes_on_disk", health.bytesOnDisk());
        json.put("free_bytes", health.freeBytes());
        json.put("last_sequence", health.lastSequence());
        json.put("forced_sequence", health.forcedSequence());
        json.put("open_calls", health.openCalls());
        json.put("torn_bytes", health.tornBytes());
        json.put("missing_entries", health.missingEntries());
        ObjectNode lag = json.putObject("reader_lag");
        health.readerLag().forEach(lag::put);
    }

    private void store(ObjectNode json) {
        StoreHealth health = store.health();
        json.put("ok", health.ok());
        json.put("problem", health.problem());
        json.put("bytes_on_disk", health.bytesOnDisk());
        json.put("calls", health.calls());
        json.put("applied_through", health.appliedThrough());
        json.put("oldest", health.oldest() == null ? null : health.oldest().toString());
        json.put("newest", health.newest() == null ? null : health.newest().toString());
    }

    static String version() {
        String version = Status.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
