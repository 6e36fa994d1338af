package io.weir.web;

import io.weir.access.Change;
import io.weir.access.Control;
import io.weir.access.Difference;
import io.weir.http.Access;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who changed what of keys, projects, tokens and users. */
final class AuditPage implements Page {
    private static final int MOST = 200;

    private final Control control;

    /**
     * What the template shows.
     *
     * @param kind the filter; empty for all
     * @param of likewise
     * @param who likewise
     * @param problem why the log cannot be read; empty where it can
     * @param most how many are shown
     */
    record Model(List<Row> changes, String kind, String of, String who, String problem, int most) {}

    /** A change, and what differs. */
    record Row(Change change, List<Difference> differences) {}

    AuditPage(Control control) {
        this.control = control;
    }

    @Override
    public String path() {
        return "/audit";
    }

    @Override
    public String title() {
        return "Audit";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.SYSTEM, "log"));
    }

    @Override
    public Access access() {
        return Access.ADMIN_SESSION;
    }

    @Override
    public boolean hasWindow() {
        return false;
    }

    @Override
    public Answer answer(Visit visit) {
        String kind = visit.view().parameter("kind");
        String of = visit.view().parameter("of");
        String who = visit.view().parameter("who");
        Predicate<Change> wanted = Change.matching(given(kind), given(of), given(who));
        List<Row> rows = List.of();
        String problem = "";
        try {
            rows = control.latest(wanted, MOST).stream().map(AuditPage::row).toList();
        } catch (IOException e) {
            problem = "The log cannot be read: " + e.getMessage();
        }
        return Answer.view("audit", new Model(rows, kind, of, who, problem, MOST));
    }

    private static Optional<String> given(String filter) {
        return Optional.of(filter).filter(text -> !text.isEmpty());
    }

    private static Row row(Change change) {
        return new Row(change, Difference.between(change.before(), change.after()));
    }
}
