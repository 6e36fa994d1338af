package io.weir.report;

import java.util.List;

/**
 * Something that calls are grouped by.
 *
 * @param name of its column
 * @param sql over the columns of {@code calls} and {@code rollups}
 * @param parameters for its question marks
 */
record GroupKey(String name, String sql, List<Object> parameters) {
    GroupKey {
        parameters = List.copyOf(parameters);
    }

    static GroupKey of(Dimension dimension) {
        return new GroupKey("by_" + dimension.word(), dimension.sql(), List.of());
    }
}
