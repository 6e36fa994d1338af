package io.weir.admin;

import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.PostedFile;
import io.weir.http.PostedForm;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.reconcile.Books;
import io.weir.reconcile.Projects;
import io.weir.reconcile.Reconciler;
import io.weir.reconcile.Reconciliation;
import io.weir.reconcile.Tolerance;
import io.weir.report.TableJson;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.wire.Json;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the ledger has of some days, and a provider's bill beside it. */
public final class ReconcileRoutes {
    private static final int MOST_BYTES = 32 << 20;
    private static final String TOLERANCE = "tolerance";
    private static final String PROJECTS = "provider_project";

    private final CallStore store;

    /** Asks that store. */
    public ReconcileRoutes(CallStore store) {
        this.store = store;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/admin/api/reconcile",
                        Access.VIEWER_KEY,
                        Answers.json((query, segment) -> books(query))),
                Answers.route(
                        "POST",
                        "reconcile",
                        Access.VIEWER_KEY,
                        (exchange, segment) -> compared(exchange)));
    }

    private JsonNode books(Query parameters) throws StoreUnavailable {
        List<LocalDate> days = Days.of(parameters);
        return Books.json(
                store, days.getFirst(), days.getLast().plusDays(1), Days.others(parameters));
    }

    /** The bill is the body: a file, or a form with several. */
    private JsonNode compared(Exchange exchange) throws IOException {
        Query parameters = new Query(exchange.target().query());
        Reconciliation result =
                new Reconciler(store)
                        .of(
                                Days.of(parameters),
                                Days.others(parameters.without(Set.of(TOLERANCE, PROJECTS))),
                                parameters
                                        .get(PROJECTS)
                                        .map(text -> Projects.of(Arrays.asList(text.split(","))))
                                        .orElse(Projects.TOGETHER),
                                parameters
                                        .get(TOLERANCE)
                                        .map(Tolerance::of)
                                        .orElse(Tolerance.USUAL),
                                files(exchange));
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("agrees", result.agrees());
        answer.setAll((ObjectNode) Json.MAPPER.readTree(TableJson.of(result.all())));
        return answer;
    }

    private static List<PostedFile> files(Exchange exchange) throws IOException {
        byte[] body = exchange.body().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the bill is larger than %d MiB: send fewer days at a time"
                            .formatted(MOST_BYTES >> 20));
        }
        String type = exchange.headers().first("content-type").orElse("");
        return PostedForm.is(type)
                ? PostedForm.of(type, body).files()
                : List.of(new PostedFile("the body", body));
    }
}
