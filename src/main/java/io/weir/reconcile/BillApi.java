package io.weir.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import io.weir.wire.Secret;
import java.io.Closeable;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OpenAI's API of usage and costs, asked with an organization's admin key. Belongs to one thread.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/usage">The reference</a>
 */
public final class BillApi implements Closeable {
    /** Where OpenAI answers. */
    public static final URI OPENAI = URI.create("https://api.openai.com/v1");

    private static final int PAGE_BYTES = 32 << 20;
    private static final int MOST_PAGES = 1_000;
    private static final int USAGE_DAYS = 31;
    private static final int COST_DAYS = 180;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofMinutes(2);

    private final GuardedHttp http;
    private final String path;
    private final Map<String, String> fields;

    /**
     * Nothing is connected to before it is asked.
     *
     * @param base ending in its version; any other than {@link #OPENAI} may be of a private network
     * @throws IllegalArgumentException if it is no URL to ask
     */
    public BillApi(URI base, Secret adminKey, InstantSource clock) {
        List<String> allowed =
                base.equals(OPENAI) || base.getHost() == null ? List.of() : List.of(base.getHost());
        HttpSettings settings =
                new HttpSettings(base, allowed, Optional.empty(), CONNECT, WHOLE, false);
        this.http = new GuardedHttp(settings, Resolver.SYSTEM, clock);
        String root = base.getRawPath() == null ? "" : base.getRawPath();
        this.path = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        this.fields = Map.of("authorization", "Bearer " + adminKey.reveal());
    }

    /** Reads usage and costs of the bill's days into it. */
    public void read(Bill bill) throws BillProblem, InterruptedException {
        bill.knowsUsage();
        bill.knowsCosts();
        pages(
                "usage/completions",
                bill,
                USAGE_DAYS,
                List.of("model", "project_id", "batch", "service_tier"));
        pages("usage/embeddings", bill, USAGE_DAYS, List.of("model", "project_id"));
        pages("costs", bill, COST_DAYS, List.of("line_item", "project_id"));
    }

    @Override
    public void close() {
        http.close();
    }

    private void pages(String what, Bill bill, int days, List<String> groups)
            throws BillProblem, InterruptedException {
        StringBuilder query = new StringBuilder("?bucket_width=1d&limit=").append(days);
        query.append("&start_time=").append(midnight(bill.since()));
        query.append("&end_time=").append(midnight(bill.until()));
        groups.forEach(group -> query.append("&group_by=").append(group));
        bill.projects()
                .ids()
                .forEach(id -> query.append("&project_ids=").append(URLEncoder.encode(id, UTF_8)));
        BillJson json = new BillJson(bill);
        Optional<String> next = json.read(page(what, query.toString()));
        for (int page = 1; next.isPresent(); page++) {
            if (page == MOST_PAGES) {
                throw new BillProblem(
                        "%s has no end after %d pages: ask for fewer days."
                                .formatted(what, MOST_PAGES));
            }
            String cursor = "&page=" + URLEncoder.encode(next.get(), UTF_8);
            next = json.read(page(what, query + cursor));
        }
    }

    private byte[] page(String what, String query) throws BillProblem, InterruptedException {
        HttpAnswer answer;
        try {
            answer = http.get(path + "/organization/" + what + query, fields, PAGE_BYTES);
        } catch (HttpFailure e) {
            throw new BillProblem(String.valueOf(e.getMessage()), e);
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw new BillProblem(
                    "%s does not take the key (%d): usage and costs are shown to an organization's admin key only, sk-admin-…"
                            .formatted(http.target(), answer.status()));
        }
        if (!answer.succeeded() || answer.body().length == PAGE_BYTES) {
            throw new BillProblem(
                    "%s answered %d to the question for %s, with %d bytes. Ask again later, or for fewer days."
                            .formatted(http.target(), answer.status(), what, answer.body().length));
        }
        return answer.body();
    }

    private static long midnight(LocalDate day) {
        return day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }
}
