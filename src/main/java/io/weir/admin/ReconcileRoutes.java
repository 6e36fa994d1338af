package io.weir.admin;

import io.weir.http.Access;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.reconcile.Books;
import io.weir.report.TableJson;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.wire.Json;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the ledger has of some days, for a comparison with a provider's bill. */
public final class ReconcileRoutes {
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
                        Answers.json((query, segment) -> books(query))));
    }

    private JsonNode books(Query parameters) throws StoreUnavailable {
        List<LocalDate> days = Days.of(parameters);
        LocalDate since = days.getFirst();
        LocalDate until = days.getLast().plusDays(1);
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("since", since.toString()).put("until", until.toString());
        String table = TableJson.of(Books.of(store, since, until, Days.others(parameters)));
        answer.setAll((ObjectNode) Json.MAPPER.readTree(table));
        return answer;
    }
}
