package io.weir.access;

import io.weir.wire.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes and changes gateway keys and tokens, for those who may. A secret is shown once, here. */
public final class KeyDesk {
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

    private final Register<GatewayKey> keys;
    private final Register<Project> projects;
    private final Register<AdminToken> tokens;
    private final Keyring keyring;
    private final NewSecret secrets;
    private final InstantSource clock;

    /** For what is looked after there. */
    public KeyDesk(Control control, Keyring keyring, NewSecret secrets, InstantSource clock) {
        this.keys = control.register(GatewayKey.KIND);
        this.projects = control.register(Project.KIND);
        this.tokens = control.register(AdminToken.KIND);
        this.keyring = keyring;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * What can be said of a key.
     *
     * @param owner may be empty
     * @param expires null where it does not end
     */
    public record Wanted(
            String name,
            String owner,
            List<String> tags,
            Bounds bounds,
            @Nullable Instant expires) {}

    /** A key that was just made, and what to call with. */
    public record Issued(GatewayKey key, Secret secret) {}

    /** A token that was just made, and what to ask with. */
    public record IssuedToken(AdminToken token, Secret secret) {}

    /** All keys there are, by project and name. */
    public List<KeyEntry> keys() {
        return keyring.all().stream()
                .sorted(
                        Comparator.comparing((KeyEntry entry) -> entry.key().project())
                                .thenComparing(entry -> entry.key().name())
                                .thenComparing(entry -> entry.key().id()))
                .toList();
    }

    /** The key of that id, if it was made here; one of the configuration was not. */
    public Optional<GatewayKey> made(String id) {
        return keys.find(id);
    }

    /** What people call the key of that id; null where there is none. */
    public @Nullable String nameOf(String id) {
        return keyring.byId(id).map(entry -> entry.key().name()).orElse(null);
    }

    /** Whether it stands in the configuration, where alone it can be changed. */
    public boolean isConfigured(String id) {
        return made(id).isEmpty();
    }

    /**
     * The names of projects that keys can belong to: those made, the default one, and those of keys
     * that stand in the configuration.
     */
    public Set<String> projectNames() {
        Set<String> names = new TreeSet<>(projects.ids());
        names.add(Project.DEFAULT);
        keyring.all().forEach(entry -> names.add(entry.key().project()));
        return names;
    }

    /** Whether keys can belong to it; without looking through all keys where it was made. */
    private boolean isProject(String name) {
        return projects.find(name).isPresent() || projectNames().contains(name);
    }

    /**
     * Refuses names that no project has.
     *
     * @throws IllegalArgumentException naming the first, and those that there are
     */
    public void requireProjects(Collection<String> named) {
        for (String project : named) {
            if (!isProject(project)) {
                throw new IllegalArgumentException(
                        "there is no project '%s'; there are %s"
                                .formatted(project, String.join(", ", projectNames())));
            }
        }
    }

    /** Those projects, as far as anything was said of them. */
    public List<Project> projects() {
        return projectNames().stream().map(this::said).toList();
    }

    /**
     * Makes a project.
     *
     * @throws IllegalArgumentException where there is one of that name
     */
    public Project createProject(Actor by, String name, UnaryOperator<Project> change)
            throws IOException {
        by.requireAdmin("make projects");
        Project project = change.apply(Project.unsaid(name));
        projects.add(by, name, project);
        return project;
    }

    /**
     * Says other things of a project.
     *
     * @throws NoSuchElementException where there is none
     */
    public Project changeProject(Actor by, String name, UnaryOperator<Project> change)
            throws IOException {
        by.requireAdmin("change projects");
        if (projects.find(name).isPresent() || !isProject(name)) {
            return projects.change(by, name, "set", change);
        }
        Project project = change.apply(Project.unsaid(name));
        projects.put(by, name, project);
        return project;
    }

    private Project said(String name) {
        return projects.find(name).orElseGet(() -> Project.unsaid(name));
    }

    /** How many keys each project has; those without any are left out. */
    public Map<String, Long> keysByProject() {
        return keyring.all().stream()
                .collect(
                        Collectors.groupingBy(
                                entry -> entry.key().project(), Collectors.counting()));
    }

    /**
     * The one key that is meant.
     *
     * @param which its id, the beginning of that, or its name where no other has that
     * @throws NoSuchElementException where there is none
     * @throws IllegalArgumentException where there are several
     */
    public KeyEntry find(String which) {
        return keyring.byId(which).orElseGet(() -> only(which, matching(which)));
    }

    /**
     * Makes a key.
     *
     * @throws NoSuchElementException where there is no such project
     */
    public Issued create(Actor by, String project, Wanted wanted) throws IOException {
        by.requireManages(project);
        if (!isProject(project)) {
            throw new NoSuchElementException(
                    "there is no project '%s'; make it by 'weir projects create %s'"
                            .formatted(project, project));
        }
        Secret secret = secrets.key();
        KeyHash hash = KeyHash.of(secret.reveal());
        GatewayKey key =
                new GatewayKey(
                        hash.keyId(),
                        wanted.name,
                        project,
                        wanted.owner,
                        wanted.tags,
                        wanted.bounds,
                        clock.instant(),
                        wanted.expires,
                        false,
                        hash,
                        null,
                        null);
        keys.add(by, key.id(), key);
        return new Issued(key, secret);
    }

    /**
     * Makes another key for the same id; the one before counts for a while.
     *
     * @param overlap for how long; zero where it must not count any more
     */
    public Issued rotate(Actor by, String id, Duration overlap) throws IOException {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new IllegalArgumentException("an overlap lasts from nothing to 90 days");
        }
        Secret secret = secrets.key();
        Instant until = clock.instant().plus(overlap);
        GatewayKey key =
                change(
                        by,
                        id,
                        "rotate",
                        before -> before.rotated(KeyHash.of(secret.reveal()), until));
        return new Issued(key, secret);
    }

    /** Says other things of a key. */
    public GatewayKey describe(Actor by, String id, UnaryOperator<Wanted> change)
            throws IOException {
        return change(
                by,
                id,
                "set",
                before -> {
                    Wanted wanted =
                            change.apply(
                                    new Wanted(
                                            before.name(),
                                            before.owner(),
                                            before.tags(),
                                            before.bounds(),
                                            before.expires()));
                    return before.described(
                            wanted.name, wanted.owner, wanted.tags, wanted.bounds, wanted.expires);
                });
    }

    /** Lets a key call, or not. */
    public GatewayKey disable(Actor by, String id, boolean whether) throws IOException {
        return change(by, id, whether ? "disable" : "enable", before -> before.disabled(whether));
    }

    /** Removes a key; its calls stay in the ledger. */
    public void delete(Actor by, String id) throws IOException {
        by.requireManages(owned(id).project());
        keys.remove(by, id);
    }

    /** Makes a token for the admin API. */
    public IssuedToken createToken(Actor by, String name, Role role, List<String> managed)
            throws IOException {
        by.requireAdmin("make tokens");
        Secret secret = secrets.token();
        AdminToken token =
                new AdminToken(name, role, managed, clock.instant(), KeyHash.of(secret.reveal()));
        tokens.add(by, name, token);
        return new IssuedToken(token, secret);
    }

    /** All tokens, by name. */
    public List<AdminToken> tokens() {
        return tokens.all().stream().sorted(Comparator.comparing(AdminToken::name)).toList();
    }

    /** Removes a token. */
    public void deleteToken(Actor by, String name) throws IOException {
        by.requireAdmin("remove tokens");
        tokens.remove(by, name);
    }

    /**
     * Removes a project.
     *
     * @throws IllegalArgumentException where it has keys
     */
    public void deleteProject(Actor by, String name) throws IOException {
        by.requireAdmin("remove projects");
        long held = keysByProject().getOrDefault(name, 0L);
        if (held > 0) {
            throw new IllegalArgumentException(
                    "the project '%s' has %d keys: delete them first, or disable the project"
                            .formatted(name, held));
        }
        projects.remove(by, name);
    }

    private GatewayKey change(Actor by, String id, String action, UnaryOperator<GatewayKey> change)
            throws IOException {
        by.requireManages(owned(id).project());
        return keys.change(by, id, action, change);
    }

    private GatewayKey owned(String id) {
        if (keys.find(id).isEmpty() && keyring.byId(id).isPresent()) {
            throw new IllegalArgumentException(
                    "this key stands in the configuration, or is app.key: change it there");
        }
        return keys.get(id);
    }

    private Collection<KeyEntry> matching(String which) {
        return keyring.all().stream()
                .filter(entry ->
                        entry.key().name().equals(which)
                                || (which.length() > "key_".length()
                                        && entry.key().id().startsWith(which)))
                .toList();
    }

    private static KeyEntry only(String which, Collection<KeyEntry> found) {
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "%d keys are called '%s': give the id of one".formatted(found.size(), which));
        }
        return found.stream()
                .findFirst()
                .orElseThrow(
                        () -> new NoSuchElementException("there is no key '%s'".formatted(which)));
    }
}
