package io.weir.web;

import io.weir.report.Dimension;
import java.util.List;

/** One of a few views, a click away. */
record Choice(String word, String href, boolean chosen) {
    /** The view grouped by each of these. */
    static List<Choice> grouping(Visit visit, List<Dimension> dimensions, Dimension chosen) {
        return dimensions.stream()
                .map(each ->
                        new Choice(
                                each.word(),
                                visit.view().by(each).href(visit.path()),
                                each == chosen))
                .toList();
    }
}
