package io.weir.admin;

import io.weir.call.ClientGoneException;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.profile.Profile;
import io.weir.profile.Profiler;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where Weir's own time goes, taken while the asker waits. */
public final class ProfileRoutes {
    private static final int USUAL_SECONDS = 10;
    private static final int MOST_SECONDS = 120;

    private final Profiler profiler;

    /** Asks that profiler. */
    public ProfileRoutes(Profiler profiler) {
        this.profiler = profiler;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(new Route("GET", "/admin/api/profile", Access.ADMIN_KEY, this::profile));
    }

    private void profile(Exchange exchange, String segment) throws ClientGoneException {
        Answers.guarded(
                exchange,
                () -> {
                    int seconds =
                            new Query(exchange.target().query()).number("seconds", USUAL_SECONDS);
                    if (seconds < 1 || seconds > MOST_SECONDS) {
                        throw new IllegalArgumentException(
                                "seconds is %d, and has to be 1 to %d"
                                        .formatted(seconds, MOST_SECONDS));
                    }
                    record(exchange, Duration.ofSeconds(seconds));
                });
    }

    private void record(Exchange exchange, Duration time) throws ClientGoneException {
        try {
            String text = json(profiler.record(time)) + "\n";
            exchange.answer(200, Answers.JSON, text.getBytes(StandardCharsets.UTF_8));
        } catch (Profiler.Busy e) {
            refuse(exchange, 409, "profile_busy", e.getMessage());
        } catch (IOException e) {
            refuse(exchange, 503, "profile_failed", "no profile could be taken: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(exchange, 503, "profile_failed", "Weir is stopping");
        }
    }

    private static void refuse(Exchange exchange, int status, String code, @Nullable String message)
            throws ClientGoneException {
        Answers.refuse(exchange, status, "server_error", code, Answers.sentence(message));
    }

    private static ObjectNode json(Profile profile) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("seconds", profile.recorded().toSeconds());
        answer.put("calls", profile.calls());
        answer.set("whole_us", json(profile.whole()));
        answer.set("weir_us", json(profile.weir()));
        answer.set("upstream_us", json(profile.upstream()));
        answer.set("client_us", json(profile.client()));
        ArrayNode stages = answer.putArray("stages");
        for (Profile.StageTime stage : profile.stages()) {
            ObjectNode node = stages.addObject();
            node.put("stage", stage.name()).put("whose", stage.whose().word());
            node.put("count", stage.count()).put("share_of_weir", stage.shareOfWeir());
            node.set("us", json(stage.time()));
        }
        ArrayNode methods = answer.putArray("methods");
        profile.methods()
                .forEach(method ->
                        methods.addObject()
                                .put("method", method.name())
                                .put("share", method.share()));
        answer.putObject("gc_pauses")
                .put("count", profile.pauses().count())
                .put("total_ms", profile.pauses().totalMillis())
                .put("longest_ms", profile.pauses().longestMillis());
        answer.put("pinned_threads", profile.pinnedThreads());
        return answer;
    }

    private static ObjectNode json(Profile.Spread spread) {
        return Json.MAPPER
                .createObjectNode()
                .put("mean", spread.mean())
                .put("p50", spread.p50())
                .put("p99", spread.p99());
    }
}
