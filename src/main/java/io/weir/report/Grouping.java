package io.weir.report;

import io.weir.store.CallStore;
import io.weir.store.Column;
import io.weir.store.Condition;
import io.weir.store.StoreUnavailable;
import io.weir.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query's groups with some measures of each: times ascending, then the largest group by {@code
 * order}, then by name.
 *
 * @param order the name of the measure that puts groups in order
 */
record Grouping(ReportQuery query, List<Measure> measures, String order) {
    Table of(CallStore store) throws StoreUnavailable {
        Condition condition = query.condition();
        return store.table(sql(condition), condition.parameters(), columns());
    }

    private String sql(Condition condition) {
        List<String> selected = new ArrayList<>();
        query.by().forEach(by -> selected.add(by.sql() + " AS by_" + by.word()));
        measures.forEach(measure -> selected.add(measure.sql() + " AS its_" + measure.name()));
        String groups =
                query.by().stream().map(by -> "by_" + by.word()).collect(Collectors.joining(", "));
        return "SELECT "
                + String.join(", ", selected)
                + " FROM calls WHERE "
                + condition.sql()
                + (groups.isEmpty() ? "" : " GROUP BY " + groups)
                + " ORDER BY "
                + String.join(", ", ordered());
    }

    private List<String> ordered() {
        List<String> ordered = new ArrayList<>();
        query.by().stream().filter(Dimension::isTime).forEach(by -> ordered.add("by_" + by.word()));
        ordered.add("its_" + order + " DESC NULLS LAST");
        query.by().stream()
                .filter(by -> !by.isTime())
                .forEach(by -> ordered.add("by_" + by.word() + " NULLS LAST"));
        return ordered;
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        query.by().forEach(by -> columns.add(by.column()));
        measures.forEach(measure -> columns.add(measure.column()));
        return columns;
    }
}
