package io.weir.web;

import io.weir.access.Actor;
import io.weir.access.AdminToken;
import io.weir.access.KeyDesk;
import io.weir.access.Passwords;
import io.weir.access.Role;
import io.weir.access.User;
import io.weir.access.Users;
import io.weir.http.Access;
import io.weir.http.Query;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may log in by name, who has a token of the admin API, and with which role. */
final class UsersPage implements Page {
    private final Users users;
    private final KeyDesk desk;

    /**
     * What the template shows.
     *
     * @param projects that there are
     * @param issued a token that was just made; null where none was
     */
    record Model(
            List<User> users,
            List<AdminToken> tokens,
            Set<String> projects,
            KeyDesk.@Nullable IssuedToken issued,
            String csrf) {}

    /** Something done to the users, for whom their file must be written. */
    @FunctionalInterface
    private interface Change {
        void make() throws Passwords.Busy, IOException;
    }

    UsersPage(Users users, KeyDesk desk) {
        this.users = users;
        this.desk = desk;
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
        return show(visit, null);
    }

    @Override
    public List<Form> forms() {
        return List.of(
                new Form("/users/add", Access.ADMIN_SESSION, this::add),
                new Form("/users/role", Access.ADMIN_SESSION, this::role),
                new Form("/users/password", Access.ADMIN_SESSION, this::reset),
                new Form("/users/remove", Access.ADMIN_SESSION, this::remove),
                new Form("/users/token/create", Access.ADMIN_SESSION, this::createToken),
                new Form("/users/token/delete", Access.ADMIN_SESSION, this::deleteToken));
    }

    private Answer show(Visit visit, KeyDesk.@Nullable IssuedToken issued) {
        return Answer.view(
                "users",
                new Model(
                        users.all(),
                        desk.tokens(),
                        desk.projectNames(),
                        issued,
                        visit.visitor().csrf()));
    }

    private Answer createToken(Visit visit, Query fields) {
        return Deed.answer(() ->
                show(
                        visit,
                        desk.createToken(
                                visit.visitor().actor(),
                                Fields.text(fields, "name"),
                                Role.of(field(fields, "role")),
                                List.copyOf(projects(fields)))));
    }

    private Answer deleteToken(Visit visit, Query fields) {
        return Deed.changed(
                "/users",
                "token-removed",
                () -> desk.deleteToken(visit.visitor().actor(), field(fields, "name")));
    }

    private Answer add(Visit visit, Query fields) {
        Actor user = user(fields);
        return done(
                "user-added",
                () -> users.add(visit.visitor().actor(), user, field(fields, "password")));
    }

    private Answer role(Visit visit, Query fields) {
        Actor user = user(fields);
        return done("user-changed", () -> users.change(visit.visitor().actor(), user));
    }

    private Answer reset(Visit visit, Query fields) {
        return done(
                "user-changed",
                () ->
                        users.reset(
                                visit.visitor().actor(),
                                field(fields, "name"),
                                field(fields, "password")));
    }

    private Answer remove(Visit visit, Query fields) {
        return done(
                "user-removed", () -> users.remove(visit.visitor().actor(), field(fields, "name")));
    }

    private Actor user(Query fields) {
        return new Actor(field(fields, "name"), Role.of(field(fields, "role")), projects(fields));
    }

    private Set<String> projects(Query fields) {
        Set<String> projects = Set.copyOf(Fields.texts(fields, "projects"));
        desk.requireProjects(projects);
        return projects;
    }

    private static Answer done(String notice, Change change) {
        try {
            change.make();
            return new Answer.Redirect("/users?notice=" + notice);
        } catch (NoSuchElementException e) {
            return Trouble.view(404, "Not done", e.getMessage() + ".");
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
