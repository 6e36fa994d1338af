package io.weir.access;

import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Those who may log in by name. What is in memory is in the file, and in the audit log before that.
 * One lock for all three; passwords are hashed outside of it.
 */
public final class Users {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final String KIND = "user";
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 256;

    /** A stranger's password is compared with this, so that it takes as long as another's. */
    private static final String NOBODYS =
            "pbkdf2-sha256$" + Passwords.ITERATIONS + "$AAAAAAAAAAAAAAAAAAAAAA$AA";

    private final UserFile file;
    private final Passwords passwords;
    private final Control control;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, User> users = new LinkedHashMap<>();
    private Consumer<String> follower = name -> {};

    /** Those in the file. */
    public Users(UserFile file, Passwords passwords, Control control, InstantSource clock) {
        this.file = file;
        this.passwords = passwords;
        this.control = control;
        this.clock = clock;
        file.read().forEach(user -> users.put(user.name(), user));
    }

    /**
     * Tells {@code next} from now on whose rights or password have changed: what they have open
     * must not outlive that.
     */
    public void follow(Consumer<String> next) {
        lock.lock();
        try {
            follower = next;
        } finally {
            lock.unlock();
        }
    }

    /** Everybody, in the order in which they were added. */
    public List<User> all() {
        lock.lock();
        try {
            return List.copyOf(users.values());
        } finally {
            lock.unlock();
        }
    }

    /** The user whom that name and that password belong to. */
    public Optional<User> find(String name, String password) throws Passwords.Busy {
        Optional<User> user = named(name);
        boolean matches =
                password.length() <= LONGEST_PASSWORD
                        && passwords.matches(password, user.map(User::password).orElse(NOBODYS));
        return matches ? user : Optional.empty();
    }

    /**
     * Adds somebody.
     *
     * @throws IllegalArgumentException with a sentence, where the name or the password will not do
     */
    public User add(Actor by, Actor user, String password) throws Passwords.Busy, IOException {
        String name = user.name();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name has 1 to 64 letters, digits, dots, dashes or @, and begins with a letter or digit");
        }
        String hash = hash(password);
        lock.lock();
        try {
            if (users.containsKey(name)) {
                throw new IllegalArgumentException("there is a user called " + name + " already");
            }
            User added = new User(user, hash, clock.instant());
            put(by, "create", name, added);
            return added;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives somebody another role, or other projects.
     *
     * @throws NoSuchElementException where there is nobody of that name
     */
    public User change(Actor by, Actor changed) throws IOException {
        return replace(by, "set", changed.name(), user -> user.as(changed));
    }

    /**
     * Gives somebody another password.
     *
     * @throws NoSuchElementException where there is nobody of that name
     */
    public User reset(Actor by, String name, String password) throws Passwords.Busy, IOException {
        String hash = hash(password);
        return replace(by, "password", name, user -> user.withPassword(hash));
    }

    /**
     * Removes somebody.
     *
     * @throws NoSuchElementException where there is nobody of that name
     */
    public void remove(Actor by, String name) throws IOException {
        lock.lock();
        try {
            put(by, "delete", known(name).name(), null);
        } finally {
            lock.unlock();
        }
    }

    private Optional<User> named(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(users.get(name));
        } finally {
            lock.unlock();
        }
    }

    private User replace(Actor by, String action, String name, UnaryOperator<User> change)
            throws IOException {
        lock.lock();
        try {
            User changed = change.apply(known(name));
            put(by, action, name, changed);
            return changed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The user of that name.
     *
     * @throws NoSuchElementException where there is none
     */
    public User get(String name) {
        lock.lock();
        try {
            return known(name);
        } finally {
            lock.unlock();
        }
    }

    private User known(String name) {
        User user = users.get(name);
        if (user == null) {
            throw new NoSuchElementException("nobody is called '" + name + "'");
        }
        return user;
    }

    private void put(Actor by, String action, String name, @Nullable User user) throws IOException {
        by.requireAdmin("look after users");
        @Nullable ObjectNode before = json(users.get(name));
        Map<String, User> changed = new LinkedHashMap<>(users);
        if (user == null) {
            changed.remove(name);
        } else {
            changed.put(name, user);
        }
        control.note(by, action, KIND, name, before, json(user));
        try {
            file.write(changed.values());
        } catch (IOException e) {
            control.note(by, action + "-failed", KIND, name, json(user), before);
            throw e;
        }
        users.clear();
        users.putAll(changed);
        follower.accept(name);
    }

    private static @Nullable ObjectNode json(@Nullable User user) {
        return user == null ? null : user.json();
    }

    private String hash(String password) throws Passwords.Busy {
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw new IllegalArgumentException(
                    "a password has %d to %d characters"
                            .formatted(SHORTEST_PASSWORD, LONGEST_PASSWORD));
        }
        return passwords.hash(password);
    }
}
