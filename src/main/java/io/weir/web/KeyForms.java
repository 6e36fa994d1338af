package io.weir.web;

import io.weir.access.Actor;
import io.weir.access.Bounds;
import io.weir.access.Expiry;
import io.weir.access.KeyDesk;
import io.weir.access.Project;
import io.weir.call.Priority;
import io.weir.config.Zones;
import io.weir.http.Access;
import io.weir.http.Query;
import io.weir.wire.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be done to keys and projects on their page. */
final class KeyForms {
    /** How long a key counts whose successor is there, by the form's words. */
    private static final Map<String, Duration> OVERLAPS =
            Map.of(
                    "0s",
                    Duration.ZERO,
                    "1h",
                    Duration.ofHours(1),
                    "24h",
                    Duration.ofHours(24),
                    "7d",
                    Duration.ofDays(7));

    private final KeyDesk desk;
    private final KeysPage page;

    /**
     * A key that was just made.
     *
     * @param before what becomes of the one before it; empty where there is none
     */
    record Issued(String name, String id, Secret secret, String before) {}

    /** Answers with that page, where a key was made. */
    KeyForms(KeyDesk desk, KeysPage page) {
        this.desk = desk;
        this.page = page;
    }

    List<Form> all() {
        return List.of(
                form("/keys/create", Access.PROJECT_ADMIN_SESSION, this::create),
                form("/keys/change", Access.PROJECT_ADMIN_SESSION, this::change),
                form("/keys/rotate", Access.PROJECT_ADMIN_SESSION, this::rotate),
                form("/keys/disable", Access.PROJECT_ADMIN_SESSION, this::disable),
                form("/keys/delete", Access.PROJECT_ADMIN_SESSION, this::delete),
                form("/projects/create", Access.ADMIN_SESSION, this::createProject),
                form("/projects/change", Access.ADMIN_SESSION, this::changeProject),
                form("/projects/disable", Access.ADMIN_SESSION, this::disableProject),
                form("/projects/delete", Access.ADMIN_SESSION, this::deleteProject));
    }

    private static Form form(String path, Access access, Form.Deed deed) {
        return new Form(path, access, deed);
    }

    private Answer create(Visit visit, Query fields) {
        return Deed.answer(() -> {
            KeyDesk.Issued made =
                    desk.create(
                            actor(visit), Fields.text(fields, "project"), wanted(visit, fields));
            return issued(visit, made, "");
        });
    }

    private Answer change(Visit visit, Query fields) {
        return done(
                "key-changed",
                () -> desk.describe(actor(visit), id(fields), before -> wanted(visit, fields)));
    }

    private Answer rotate(Visit visit, Query fields) {
        @Nullable Duration overlap = OVERLAPS.get(Fields.text(fields, "overlap"));
        if (overlap == null) {
            throw new IllegalArgumentException("how long the key before counts is one of the list");
        }
        return Deed.answer(() ->
                issued(
                        visit,
                        desk.rotate(actor(visit), id(fields), overlap),
                        overlap.isZero()
                                ? "The one before does not count any more."
                                : "The one before counts for another %d h."
                                        .formatted(overlap.toHours())));
    }

    private Answer disable(Visit visit, Query fields) {
        return done("key-changed", () -> desk.disable(actor(visit), id(fields), disables(fields)));
    }

    private Answer delete(Visit visit, Query fields) {
        return done("key-removed", () -> desk.delete(actor(visit), id(fields)));
    }

    private Answer createProject(Visit visit, Query fields) {
        return done(
                "project-changed",
                () ->
                        desk.createProject(
                                actor(visit),
                                Fields.text(fields, "name"),
                                unsaid -> project(fields, unsaid)));
    }

    private Answer changeProject(Visit visit, Query fields) {
        return done(
                "project-changed",
                () ->
                        desk.changeProject(
                                actor(visit),
                                Fields.text(fields, "name"),
                                before -> project(fields, before)));
    }

    private Answer disableProject(Visit visit, Query fields) {
        return done(
                "project-changed",
                () ->
                        desk.changeProject(
                                actor(visit),
                                Fields.text(fields, "name"),
                                before -> before.disabled(disables(fields))));
    }

    private Answer deleteProject(Visit visit, Query fields) {
        return done(
                "project-removed",
                () -> desk.deleteProject(actor(visit), Fields.text(fields, "name")));
    }

    private Answer issued(Visit visit, KeyDesk.Issued made, String before) {
        return page.show(
                visit, new Issued(made.key().name(), made.key().id(), made.secret(), before));
    }

    private static Answer done(String notice, Deed.Change change) {
        return Deed.changed("/keys", notice, change);
    }

    private static Actor actor(Visit visit) {
        return visit.visitor().actor();
    }

    private static String id(Query fields) {
        return Fields.text(fields, "key");
    }

    private static boolean disables(Query fields) {
        return Fields.text(fields, "disabled").equals("true");
    }

    private static KeyDesk.Wanted wanted(Visit visit, Query fields) {
        return new KeyDesk.Wanted(
                Fields.text(fields, "name"),
                Fields.text(fields, "owner"),
                Fields.texts(fields, "tags"),
                bounds(fields),
                Expiry.of(fields.get("expires").map(String::strip).orElse("never"))
                        .from(visit.now()));
    }

    private static Project project(Query fields, Project before) {
        return new Project(
                before.name(),
                Fields.text(fields, "title"),
                Fields.text(fields, "owner"),
                Zones.of(fields.get("time_zone").map(String::strip).orElse("UTC")),
                bounds(fields),
                before.disabled());
    }

    private static Bounds bounds(Query fields) {
        String priority = Fields.text(fields, "priority");
        return Bounds.of(
                        Fields.texts(fields, "models"),
                        Fields.texts(fields, "endpoints"),
                        Fields.texts(fields, "networks"))
                .with(priority.isEmpty() ? null : Priority.of(priority));
    }
}
