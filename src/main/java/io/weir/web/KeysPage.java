package io.weir.web;

import io.weir.access.Bounds;
import io.weir.access.GatewayKey;
import io.weir.access.KeyDesk;
import io.weir.access.KeyEntry;
import io.weir.access.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What applications call with, and the projects that belongs to. */
final class KeysPage implements Page {
    private static final int MOST = 200;

    private final KeyDesk desk;
    private final KeyForms forms;

    /**
     * What the template shows.
     *
     * @param keys those that match, at most as many as are shown
     * @param matching how many match
     * @param project the filter; empty for all
     * @param name likewise, a part of it
     * @param own the projects that the visitor may make keys for
     * @param issued a key that was just made; null where none was
     * @param edited a key that is to be changed; null where another is to be made
     * @param editedProject likewise
     */
    record Model(
            List<Row> keys,
            int matching,
            String project,
            String name,
            List<ProjectRow> projects,
            List<String> own,
            KeyForms.@Nullable Issued issued,
            @Nullable GatewayKey edited,
            @Nullable Project editedProject,
            boolean admin,
            String csrf) {}

    /**
     * A key.
     *
     * @param may what may be called with it
     * @param state whether it may call, or else why not
     * @param configured whether it stands in the configuration
     * @param managed whether the visitor may change it
     */
    record Row(
            GatewayKey key,
            String may,
            String state,
            boolean active,
            boolean configured,
            boolean managed) {}

    /**
     * A project.
     *
     * @param keys how many it has
     */
    record ProjectRow(Project project, String may, long keys) {}

    KeysPage(KeyDesk desk) {
        this.desk = desk;
        this.forms = new KeyForms(desk, this);
    }

    @Override
    public String path() {
        return "/keys";
    }

    @Override
    public String title() {
        return "Keys";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.SYSTEM, "key"));
    }

    @Override
    public boolean hasWindow() {
        return false;
    }

    @Override
    public Answer answer(Visit visit) {
        return show(visit, null);
    }

    @Override
    public List<Form> forms() {
        return forms.all();
    }

    /** With a key that was just made: the only answer that has it. */
    Answer show(Visit visit, KeyForms.@Nullable Issued issued) {
        String project = visit.view().filters().getOrDefault("project", "");
        String name = visit.view().parameter("name");
        List<KeyEntry> matching =
                desk.keys().stream()
                        .filter(matches(project, name.toLowerCase(Locale.ROOT)))
                        .toList();
        return Answer.view(
                "keys",
                new Model(
                        matching.stream().limit(MOST).map(entry -> row(entry, visit)).toList(),
                        matching.size(),
                        project,
                        name,
                        projects(),
                        own(visit),
                        issued,
                        edited(visit),
                        editedProject(visit),
                        visit.visitor().isAdmin(),
                        visit.visitor().csrf()));
    }

    private static Predicate<KeyEntry> matches(String project, String name) {
        return entry ->
                (project.isEmpty() || entry.key().project().equals(project))
                        && (entry.key().name().toLowerCase(Locale.ROOT).contains(name)
                                || entry.key().id().startsWith(name));
    }

    private Row row(KeyEntry entry, Visit visit) {
        GatewayKey key = entry.key();
        Optional<String> hindrance = entry.hindrance(visit.now());
        boolean configured = desk.isConfigured(key.id());
        return new Row(
                key,
                words(key.bounds()),
                hindrance.orElseGet(() -> active(key, visit)).replaceFirst("^this key (is )?", ""),
                hindrance.isEmpty(),
                configured,
                !configured && visit.visitor().actor().manages(key.project()));
    }

    private static String active(GatewayKey key, Visit visit) {
        GatewayKey.Retiring retiring = key.retiring();
        return retiring != null && visit.now().isBefore(retiring.until())
                ? "active, rotating"
                : "active";
    }

    private List<ProjectRow> projects() {
        Map<String, Long> keys = desk.keysByProject();
        return desk.projects().stream()
                .limit(MOST)
                .map(project ->
                        new ProjectRow(
                                project,
                                words(project.bounds()),
                                keys.getOrDefault(project.name(), 0L)))
                .toList();
    }

    private List<String> own(Visit visit) {
        return desk.projectNames().stream().filter(visit.visitor().actor()::manages).toList();
    }

    private @Nullable GatewayKey edited(Visit visit) {
        return desk.made(visit.view().parameter("edit"))
                .filter(key -> visit.visitor().actor().manages(key.project()))
                .orElse(null);
    }

    private @Nullable Project editedProject(Visit visit) {
        String name = visit.view().parameter("edit-project");
        return desk.projects().stream()
                .filter(project -> project.name().equals(name) && visit.visitor().isAdmin())
                .findFirst()
                .orElse(null);
    }

    private static String words(Bounds bounds) {
        List<String> words = new ArrayList<>();
        words.addAll(bounds.models().all());
        words.addAll(bounds.endpoints().all());
        bounds.networks().all().forEach(network -> words.add("from " + network));
        if (bounds.priority() != null) {
            words.add(bounds.priority().word() + " priority");
        }
        return words.isEmpty() ? "everything" : String.join(", ", words);
    }
}
