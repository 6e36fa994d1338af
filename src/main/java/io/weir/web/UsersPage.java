package io.weir.web;

import io.weir.access.Role;
import io.weir.http.Access;
import io.weir.http.Query;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Who may log in by name, and with which role. */
final class UsersPage implements Page {
    private final Users users;
    private final Sessions sessions;

    /** What the template shows. */
    record Model(List<User> users, String csrf) {}

    /** Something done to the users, for whom their file must be written. */
    @FunctionalInterface
    private interface Change {
        void make() throws Passwords.Busy, IOException;
    }

    UsersPage(Users users, Sessions sessions) {
        this.users = users;
        this.sessions = sessions;
    }

    @Override
    public String path() {
        return "/users";
    }

    @Override
    public String title() {
        return "Users";
    }

    @Override
    public Optional<Place> place() {
        return Optional.of(new Place(Place.Section.SYSTEM, "users"));
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
        return Answer.view("users", new Model(users.all(), visit.visitor().csrf()));
    }

    @Override
    public List<Form> forms() {
        return List.of(
                new Form("/users/add", Access.ADMIN_SESSION, (visit, fields) -> add(fields)),
                new Form("/users/role", Access.ADMIN_SESSION, (visit, fields) -> role(fields)),
                new Form("/users/password", Access.ADMIN_SESSION, (visit, fields) -> reset(fields)),
                new Form("/users/remove", Access.ADMIN_SESSION, (visit, fields) -> remove(fields)));
    }

    private Answer add(Query fields) {
        Role role = Role.of(field(fields, "role"));
        return done(
                "user-added",
                () -> users.add(field(fields, "name"), role, field(fields, "password")));
    }

    private Answer role(Query fields) {
        String name = field(fields, "name");
        Role role = Role.of(field(fields, "role"));
        return changed("user-changed", name, () -> users.change(name, role));
    }

    private Answer reset(Query fields) {
        String name = field(fields, "name");
        return changed("user-changed", name, () -> users.reset(name, field(fields, "password")));
    }

    private Answer remove(Query fields) {
        String name = field(fields, "name");
        return changed("user-removed", name, () -> users.remove(name));
    }

    /** What somebody may do has changed: what they have open must not outlive it. */
    private Answer changed(String notice, String name, Change change) {
        return done(
                notice,
                () -> {
                    change.make();
                    sessions.endAllOf(name);
                });
    }

    private static Answer done(String notice, Change change) {
        try {
            change.make();
            return new Answer.Redirect("/users?notice=" + notice);
        } catch (Passwords.Busy e) {
            return Trouble.view(503, "Not done", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Trouble.view(
                    500, "Not done", "The file of users could not be written: " + e.getMessage());
        }
    }

    private static String field(Query fields, String name) {
        return fields.get(name).orElse("");
    }
}
