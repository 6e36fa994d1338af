package io.weir.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * The calls a gateway has stored, as its admin API tells. Storing lags behind answering: they wait.
 */
final class StoredCalls {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PAGE = 1_000;

    private final RunningWeir weir;

    StoredCalls(RunningWeir weir) {
        this.weir = weir;
    }

    /** The call of that id, with its attempts, which lists leave out. */
    JsonNode one(String id) throws IOException, InterruptedException {
        atLeast("id=" + id, 1);
        return weir.admin("/calls/" + id);
    }

    /**
     * The calls that fit, oldest first, once there are that many.
     *
     * @param filter {@code model=flaky-2} for instance
     */
    List<JsonNode> atLeast(String filter, int count) {
        return await("%d calls with %s".formatted(count, filter))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> all(filter), calls -> calls.size() >= count);
    }

    /** The calls that fit and are stored by now, oldest first. */
    List<JsonNode> all(String filter) throws IOException, InterruptedException {
        List<JsonNode> calls = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page =
                    weir.admin(
                            "/calls?limit=%d%s%s"
                                    .formatted(
                                            PAGE,
                                            filter.isEmpty() ? "" : "&" + filter,
                                            next.isEmpty() ? "" : "&after=" + next));
            page.path("calls").forEach(calls::add);
            JsonNode after = page.path("next");
            next = after.isNull() ? null : Objects.requireNonNull(after.stringValue());
        }
        return calls.reversed();
    }
}
