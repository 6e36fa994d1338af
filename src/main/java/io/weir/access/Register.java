package io.weir.access;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All things of one kind, by their ids. Read by anybody, at any time; each change is in the audit
 * log before it counts.
 *
 * @param <T> one of them; immutable
 */
public final class Register<T> {
    private final Kind<T> kind;
    private final Control control;
    private final Map<String, Held<T>> all = new ConcurrentHashMap<>();
    private final List<Follower<T>> followers = new ArrayList<>();

    /**
     * Is told of changes, one at a time, after they have come to count.
     *
     * @param <T> one of the kind
     */
    @FunctionalInterface
    public interface Follower<T> {
        /**
         * One has changed.
         *
         * @param before null where there was none
         * @param after null where there is none any more
         */
        void changed(String id, @Nullable T before, @Nullable T after);
    }

    Register(Kind<T> kind, Control control) {
        this.kind = kind;
        this.control = control;
    }

    /** One of them. */
    public Optional<T> find(String id) {
        return Optional.ofNullable(all.get(id)).map(Held::get);
    }

    /**
     * One of them.
     *
     * @throws NoSuchElementException saying that there is none
     */
    public T get(String id) {
        return find(id).orElseThrow(() ->
                new NoSuchElementException("there is no %s '%s'".formatted(kind.word(), id)));
    }

    /** All of them. */
    public List<T> all() {
        return all.values().stream().map(Held::get).toList();
    }

    /** How many there are. */
    int size() {
        return all.size();
    }

    /** The ids of all of them, in their order. */
    public List<String> ids() {
        return all.keySet().stream().sorted().toList();
    }

    /** Tells a follower of every one there is, and of every change to come. */
    public void follow(Follower<T> follower) {
        follow((id, held) -> follower.changed(id, null, held.get()), follower);
    }

    /**
     * Tells a follower of every change to come.
     *
     * @param present is given every one there is
     */
    void follow(BiConsumer<String, Held<T>> present, Follower<T> follower) {
        control.alone(() -> {
            all.forEach(present);
            followers.add(follower);
        });
    }

    /**
     * Adds one.
     *
     * @throws IllegalArgumentException where there is one of that id already
     * @throws IOException where the log cannot be written; nothing has changed then
     */
    public void add(Actor by, String id, T one) throws IOException {
        control.change(
                by,
                this,
                id,
                "create",
                before -> {
                    if (before != null) {
                        throw new IllegalArgumentException(
                                "there is a %s '%s' already".formatted(kind.word(), id));
                    }
                    return one;
                });
    }

    /**
     * Changes one.
     *
     * @param action in a word, {@code disable} for instance
     * @throws NoSuchElementException where there is none
     * @throws IOException where the log cannot be written; nothing has changed then
     */
    public T change(Actor by, String id, String action, UnaryOperator<T> change)
            throws IOException {
        control.change(by, this, id, action, before -> change.apply(known(id, before)));
        return get(id);
    }

    /**
     * Adds one, or puts it in the place of the one of its id.
     *
     * @throws IOException where the log cannot be written; nothing has changed then
     */
    public void put(Actor by, String id, T one) throws IOException {
        control.change(by, this, id, "set", before -> one);
    }

    /**
     * Removes one.
     *
     * @throws NoSuchElementException where there is none
     * @throws IOException where the log cannot be written; nothing has changed then
     */
    public void remove(Actor by, String id) throws IOException {
        control.change(
                by,
                this,
                id,
                "delete",
                before -> {
                    known(id, before);
                    return null;
                });
    }

    Kind<T> kind() {
        return kind;
    }

    /** Takes over what the log says, while it is opened. */
    void restore(Outcome outcome) {
        if (outcome.isGone()) {
            all.remove(outcome.id());
        } else {
            all.put(outcome.id(), new Held<>(kind, outcome));
        }
    }

    /** Makes a change count that is in the log. */
    void changed(String id, @Nullable T after) {
        Held<T> held = after == null ? all.remove(id) : all.put(id, new Held<>(kind, after));
        @Nullable T before = held == null ? null : held.get();
        followers.forEach(follower -> follower.changed(id, before, after));
    }

    private T known(String id, @Nullable T before) {
        if (before == null) {
            throw new NoSuchElementException("there is no %s '%s'".formatted(kind.word(), id));
        }
        return before;
    }
}
