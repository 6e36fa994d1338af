package io.weir.admin;

import io.weir.call.ClientGoneException;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Route;
import io.weir.metrics.Exposition;
import io.weir.wire.Headers;
import java.util.List;
import java.util.regex.Pattern;

/** Where Prometheus comes for its metrics. */
public final class MetricsRoutes {
    private static final Pattern TAKES_GZIP =
            Pattern.compile("(^|,)\\s*gzip\\s*(;\\s*q=(1|0\\.\\d*[1-9])\\S*)?\\s*(,|$)");

    private final Exposition exposition;
    private final Access access;

    /** Served to anybody where they are {@code open}, else to whoever shows the admin key. */
    public MetricsRoutes(Exposition exposition, boolean open) {
        this.exposition = exposition;
        this.access = open ? Access.PUBLIC : Access.VIEWER_KEY;
    }

    /** The route. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/metrics", access, (exchange, segment) -> answer(exchange)));
    }

    private void answer(Exchange exchange) throws ClientGoneException {
        String accept = String.join(",", exchange.headers().all("accept"));
        String codings = String.join(",", exchange.headers().all("accept-encoding"));
        boolean gzip = TAKES_GZIP.matcher(codings).find();
        Exposition.Written written = exposition.write(accept, gzip);
        Headers fields =
                Headers.of(
                        "content-type",
                        written.contentType(),
                        "cache-control",
                        "no-store",
                        "vary",
                        "accept, accept-encoding");
        exchange.answer(
                200, gzip ? fields.and("content-encoding", "gzip") : fields, written.content());
    }
}
