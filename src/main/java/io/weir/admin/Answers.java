package io.weir.admin;

import io.weir.access.Denied;
import io.weir.access.Passwords;
import io.weir.call.ClientGoneException;
import io.weir.config.ConfigException;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Query;
import io.weir.http.Route;
import io.weir.store.StoreUnavailable;
import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The forms of the admin API's answers. */
final class Answers {
    static final Headers JSON =
            Headers.of("content-type", "application/json", "cache-control", "no-store");
    static final Headers EVENTS =
            Headers.of("content-type", "text/event-stream", "cache-control", "no-store");

    private Answers() {}

    /** A question that is answered in JSON. */
    @FunctionalInterface
    interface Question {
        JsonNode ask(Query query, String segment) throws StoreUnavailable, NotFound;
    }

    /** Something that is done for an asker, and may turn out to be impossible. */
    @FunctionalInterface
    interface Doing {
        void run() throws StoreUnavailable, NotFound, ClientGoneException, Passwords.Busy;
    }

    /** Something that is done, with an answer in JSON. */
    @FunctionalInterface
    interface Deed {
        /**
         * Does it.
         *
         * @throws NoSuchElementException saying what there is none of
         * @throws IOException where the disk does not take it
         */
        JsonNode done(Exchange exchange, String segment)
                throws IOException, InterruptedException, StoreUnavailable, Passwords.Busy;
    }

    /** A route of the admin API that does something, or asks for what needs no store. */
    static Route route(String method, String path, Access access, Deed deed) {
        return new Route(method, "/admin/api/" + path, access, deed(deed));
    }

    static Route.Action deed(Deed deed) {
        return (exchange, segment) ->
                guarded(
                        exchange,
                        () -> {
                            JsonNode done = done(deed, exchange, segment);
                            exchange.answer(
                                    200, JSON, (done + "\n").getBytes(StandardCharsets.UTF_8));
                        });
    }

    private static JsonNode done(Deed deed, Exchange exchange, String segment)
            throws NotFound, StoreUnavailable, Passwords.Busy {
        try {
            return deed.done(exchange, segment);
        } catch (NoSuchElementException e) {
            throw new NotFound(String.valueOf(e.getMessage()));
        } catch (StoreUnavailable e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "it could not be read or kept: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotFound("Weir is stopping");
        }
    }

    static Route.Action json(Question question) {
        return (exchange, segment) ->
                guarded(
                        exchange,
                        () -> {
                            JsonNode answer =
                                    question.ask(new Query(exchange.target().query()), segment);
                            exchange.answer(
                                    200, JSON, (answer + "\n").getBytes(StandardCharsets.UTF_8));
                        });
    }

    /** Does it, and tells the asker in the API's form where it cannot be done. */
    static void guarded(Exchange exchange, Doing doing) throws ClientGoneException {
        try {
            doing.run();
        } catch (IllegalArgumentException | ConfigException e) {
            refuse(
                    exchange,
                    400,
                    "invalid_request_error",
                    "invalid_parameter",
                    sentence(e.getMessage()));
        } catch (Denied e) {
            refuse(exchange, 403, "invalid_request_error", "forbidden", sentence(e.getMessage()));
        } catch (NotFound e) {
            refuse(exchange, 404, "invalid_request_error", "not_found", sentence(e.getMessage()));
        } catch (Passwords.Busy e) {
            refuse(exchange, 503, "server_error", "busy", sentence(e.getMessage()));
        } catch (StoreUnavailable e) {
            refuse(exchange, 503, "server_error", "store_unavailable", sentence(e.getMessage()));
        }
    }

    static void refuse(Exchange exchange, int status, String type, String code, String message)
            throws ClientGoneException {
        ApiError error = ApiError.of(status, type, code, message);
        exchange.answer(error.status(), JSON, error.json());
    }

    static String sentence(@Nullable String message) {
        if (message == null || message.isEmpty()) {
            return "Something went wrong.";
        }
        String text = Character.toUpperCase(message.charAt(0)) + message.substring(1);
        return text.endsWith(".") ? text : text + ".";
    }
}
