package io.weir.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.call.ClientGoneException;
import io.weir.focus.FocusExport;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.report.TableCsv;
import io.weir.store.CallFilter;
import io.weir.store.StoreUnavailable;
import io.weir.wire.Headers;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** The charge-back export, as CSV or Parquet. */
public final class FocusRoutes {
    private final FocusExport export;

    /** Hands out that export. */
    public FocusRoutes(FocusExport export) {
        this.export = export;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/admin/api/focus",
                        Access.VIEWER_KEY,
                        (exchange, segment) -> answer(exchange)));
    }

    private void answer(Exchange exchange) throws ClientGoneException {
        Answers.guarded(
                exchange,
                () -> {
                    Query parameters = new Query(exchange.target().query());
                    List<LocalDate> days = Days.of(parameters);
                    CallFilter filter = Days.others(parameters);
                    String format = parameters.get("format").orElse("csv");
                    switch (format) {
                        case "csv" -> csv(exchange, days, filter);
                        case "parquet" -> parquet(exchange, days, filter);
                        default ->
                                throw new IllegalArgumentException(
                                        "format is '%s', and has to be csv or parquet"
                                                .formatted(format));
                    }
                });
    }

    /** The first day is asked for before anything is answered, so that trouble can be told. */
    private void csv(Exchange exchange, List<LocalDate> days, CallFilter filter)
            throws StoreUnavailable, ClientGoneException {
        String first = TableCsv.rows(export.day(days.getFirst(), filter));
        exchange.stream(
                200,
                type("text/csv; charset=utf-8"),
                -1,
                out -> {
                    out.write((FocusExport.csvHeader() + first).getBytes(UTF_8));
                    export.csv(days.subList(1, days.size()), filter, out);
                });
    }

    private void parquet(Exchange exchange, List<LocalDate> days, CallFilter filter)
            throws StoreUnavailable, ClientGoneException {
        byte[] file;
        try {
            file = export.parquet(days, filter);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
        exchange.answer(200, type("application/vnd.apache.parquet"), file);
    }

    private static Headers type(String type) {
        return Headers.of(
                "content-type",
                type,
                "cache-control",
                "no-store",
                "x-content-type-options",
                "nosniff");
    }
}
