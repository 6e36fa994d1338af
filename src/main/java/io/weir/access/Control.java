package io.weir.access;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All that is looked after by command, admin API and page, and the log of every change of it. One
 * lock for changes; whoever only looks takes none.
 */
public final class Control implements Closeable {
    private static final System.Logger LOG = System.getLogger(Control.class.getName());

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Register<?>> registers = new LinkedHashMap<>();
    private final AuditLog log;

    private Control(Path directory, InstantSource clock, List<Kind<?>> kinds) throws IOException {
        this.clock = clock;
        kinds.forEach(kind -> registers.put(kind.word(), new Register<>(kind, this)));
        Files.createDirectories(directory);
        this.log = AuditLog.open(directory.resolve("changes.jsonl"), this::restore);
    }

    /**
     * Reads what there is.
     *
     * @param kinds what is looked after
     * @throws io.weir.config.ConfigException where the log is not what was written
     */
    public static Control open(Path directory, InstantSource clock, List<Kind<?>> kinds)
            throws IOException {
        return new Control(directory, clock, kinds);
    }

    /**
     * All things of that kind.
     *
     * @param kind one of those it was opened with
     */
    @SuppressWarnings("unchecked")
    public <T> Register<T> register(Kind<T> kind) {
        Register<?> register = registers.get(kind.word());
        if (register == null || !register.kind().equals(kind)) {
            throw new IllegalArgumentException("nobody looks after kind " + kind.word());
        }
        return (Register<T>) register;
    }

    /**
     * Notes a deed that changes nothing here, a user's new password for instance.
     *
     * @throws IOException where the log cannot be written
     */
    public void note(
            Actor by,
            String action,
            String kind,
            String id,
            @Nullable JsonNode before,
            @Nullable JsonNode after)
            throws IOException {
        lock.lock();
        try {
            log.append(List.of(next(by, action, kind, id, before, after)));
        } finally {
            lock.unlock();
        }
    }

    /** The latest changes of those wanted, the latest first. */
    public List<Change> latest(Predicate<Change> wanted, int most) throws IOException {
        return log.latest(wanted, most);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    /** Does it while nothing changes. */
    void alone(Runnable deed) {
        lock.lock();
        try {
            deed.run();
        } finally {
            lock.unlock();
        }
    }

    <T> void change(
            Actor by,
            Register<T> register,
            String id,
            String action,
            Function<@Nullable T, @Nullable T> change)
            throws IOException {
        lock.lock();
        try {
            Kind<T> kind = register.kind();
            @Nullable T before = register.find(id).orElse(null);
            @Nullable T after = change.apply(before);
            log.append(
                    List.of(
                            next(
                                    by,
                                    action,
                                    kind.word(),
                                    id,
                                    before == null ? null : kind.json(before),
                                    after == null ? null : kind.json(after))));
            register.changed(id, after);
        } finally {
            lock.unlock();
        }
    }

    private Change next(
            Actor by,
            String action,
            String kind,
            String id,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {
        return new Change(
                log.number() + 1,
                clock.instant(),
                by.name(),
                by.role().word(),
                kind + "." + action,
                kind,
                id,
                before,
                after);
    }

    private void restore(Outcome outcome) {
        Register<?> register = registers.get(outcome.kind());
        if (register == null) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the log has a change of a kind that nobody looks after here: {0}",
                    outcome.kind());
        } else {
            register.restore(outcome);
        }
    }
}
