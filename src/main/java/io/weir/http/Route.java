package io.weir.http;

import io.weir.call.ClientGoneException;
import java.util.Objects;

/**
 * One route beside the relay, with the answer to who may use it: there is no route without.
 *
 * @param path exact, or ending in {@code /*} for exactly one more segment
 */
public record Route(String method, String path, Access access, Action action) {
    public Route {
        Objects.requireNonNull(access, () -> "who may use " + path + "?");
    }

    /** Answers a request to a route. */
    @FunctionalInterface
    public interface Action {
        /**
         * Answers.
         *
         * @param segment what stood for the star; empty where the path has none
         */
        void answer(Exchange exchange, String segment) throws ClientGoneException;
    }

    /** Whether the path is this route's. */
    boolean leads(String asked) {
        if (!path.endsWith("/*")) {
            return path.equals(asked);
        }
        String stem = path.substring(0, path.length() - 1);
        return asked.startsWith(stem)
                && asked.length() > stem.length()
                && asked.indexOf('/', stem.length()) < 0;
    }

    /** What stands for the star. */
    String segment(String asked) {
        return path.endsWith("/*") ? asked.substring(path.length() - 1) : "";
    }
}
