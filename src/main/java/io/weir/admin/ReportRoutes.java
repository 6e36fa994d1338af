package io.weir.admin;

import io.weir.call.ClientGoneException;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.report.Contrast;
import io.weir.report.Dimension;
import io.weir.report.Report;
import io.weir.report.ReportQuery;
import io.weir.report.Reports;
import io.weir.report.SavingsFocus;
import io.weir.report.Step;
import io.weir.report.TableCsv;
import io.weir.report.TableJson;
import io.weir.report.TableText;
import io.weir.report.Trouble;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.Table;
import io.weir.wire.Headers;
import io.weir.wire.Json;
import io.weir.wire.Span;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which reports there are, and each of them, as JSON, CSV or text. */
public final class ReportRoutes {
    private static final Duration USUAL_WINDOW = Duration.ofHours(24);

    private final Reports reports;
    private final CallStore store;
    private final InstantSource clock;

    /** Those reports, which ask the store. */
    public ReportRoutes(Reports reports, CallStore store, InstantSource clock) {
        this.reports = reports;
        this.store = store;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/admin/api/reports",
                        Access.VIEWER_KEY,
                        Answers.json((query, segment) -> list())),
                new Route("GET", "/admin/api/reports/*", Access.VIEWER_KEY, this::run));
    }

    private ObjectNode list() {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode listed = answer.putArray("reports");
        reports.all()
                .forEach(report ->
                        listed.addObject()
                                .put("name", report.name())
                                .put("summary", report.summary()));
        return answer;
    }

    private void run(Exchange exchange, String name) throws ClientGoneException {
        Answers.guarded(
                exchange,
                () -> {
                    Report report =
                            reports.named(name)
                                    .orElseThrow(() ->
                                            new NotFound(
                                                    "No report is called '"
                                                            + name
                                                            + "'; see weir report."));
                    Query parameters = new Query(exchange.target().query());
                    ReportQuery query = query(report, parameters);
                    Table table = report.run(query, store);
                    String format = parameters.get("format").orElse("json");
                    exchange.answer(
                            200,
                            type(format),
                            rendered(format, report, query, table)
                                    .getBytes(StandardCharsets.UTF_8));
                });
    }

    private ReportQuery query(Report report, Query parameters) {
        Instant now = clock.instant();
        Span window = window(parameters, now);
        CallFilter filter = CallFilter.ALL;
        for (Map.Entry<String, String> parameter : parameters.all().entrySet()) {
            filter =
                    switch (parameter.getKey()) {
                        case "window", "since", "until", "by", "step", "format" -> filter;
                        case "against", "what" ->
                                onlyFor(
                                        report.contrasts(),
                                        "against and what are for a report that sets calls against others, such as why",
                                        filter);
                        case "way", "instead" ->
                                onlyFor(
                                        report.focuses(),
                                        "way and instead are for the report savings",
                                        filter);
                        default -> filter.with(parameter.getKey(), parameter.getValue());
                    };
        }
        Contrast contrast =
                new Contrast(
                        parameters.get("against").map(against -> Span.of(against, now)),
                        parameters
                                .get("what")
                                .map(Trouble::list)
                                .orElse(Contrast.USUAL.troubles()));
        List<Dimension> by = Dimension.list(parameters.get("by").orElse(""));
        return new ReportQuery(window.since(), window.until(), by, filter)
                .against(contrast)
                .focused(
                        new SavingsFocus(
                                parameters.get("way").orElse(null),
                                parameters.get("instead").orElse(null)))
                .inSteps(parameters.get("step").map(Step::of).orElse(null));
    }

    private static Span window(Query parameters, Instant now) {
        Optional<String> window = parameters.get("window");
        if (window.isEmpty()) {
            Instant until = parameters.time("until", now).orElse(now);
            Instant since = parameters.time("since", now).orElse(until.minus(USUAL_WINDOW));
            return new Span(since, until);
        }
        if (parameters.get("since").isPresent() || parameters.get("until").isPresent()) {
            throw new IllegalArgumentException(
                    "window says it all: leave since and until out, or leave it out");
        }
        return Span.of(window.get(), now);
    }

    private static CallFilter onlyFor(boolean itsOwn, String otherwise, CallFilter filter) {
        if (!itsOwn) {
            throw new IllegalArgumentException(otherwise);
        }
        return filter;
    }

    private static Headers type(String format) {
        String type =
                switch (format) {
                    case "json" -> "application/json";
                    case "csv" -> "text/csv; charset=utf-8";
                    case "text" -> "text/plain; charset=utf-8";
                    default ->
                            throw new IllegalArgumentException(
                                    "format is '" + format + "', and has to be json, csv or text");
                };
        return Headers.of(
                "content-type",
                type,
                "cache-control",
                "no-store",
                "x-content-type-options",
                "nosniff");
    }

    private static String rendered(String format, Report report, ReportQuery query, Table table) {
        return switch (format) {
            case "csv" -> TableCsv.of(table);
            case "text" -> TableText.of(table);
            default -> json(report, query, table);
        };
    }

    private static String json(Report report, ReportQuery query, Table table) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.FACTORY.createGenerator(Json.WRITE, text)) {
            out.writeStartObject();
            out.writeStringProperty("report", report.name());
            out.writeStringProperty("since", query.since().toString());
            out.writeStringProperty("until", query.until().toString());
            TableJson.write(table, out);
            out.writeEndObject();
        }
        return text.append('\n').toString();
    }
}
