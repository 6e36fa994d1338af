package io.weir.store;

import java.util.List;

/**
 * A condition on a row of {@code calls}: SQL with a question mark for each of the parameters, which
 * are {@code String}, {@code Long}, {@code Boolean}, {@code Instant} or {@code UUID}.
 */
public record Condition(String sql, List<Object> parameters) {
    public Condition {
        parameters = List.copyOf(parameters);
    }
}
