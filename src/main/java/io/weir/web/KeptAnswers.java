package io.weir.web;

import io.weir.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what pages answer where that takes the store long, so that many who look at the same view,
 * or one who has it renewed every few seconds, do not take the machine from the calls. An answer
 * rests for a hundred times what it took, a minute at most. Who comes later than that, but not much
 * later, still gets it at once, and has it renewed for whoever comes next. A store of few calls is
 * asked each time: there every call is looked for as soon as it was made.
 */
final class KeptAnswers {
    /** Each view may take a hundredth of a core. */
    private static final int REST = 100;

    private static final Duration MOST = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMillis(50);
    private static final long MANY_CALLS = 100_000;

    /** Each holds its tables, which is up to a megabyte. */
    private static final int MOST_VIEWS = 32;

    private final Size size;
    private final InstantSource clock;
    private final Executor renewals;
    private final Map<String, CompletableFuture<Given>> coming = new ConcurrentHashMap<>();
    private volatile boolean many;
    private final Map<String, Kept> kept =
            new LinkedHashMap<>(MOST_VIEWS, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                    return size() > MOST_VIEWS;
                }
            };

    /** How many calls there are to be asked about. */
    @FunctionalInterface
    interface Size {
        long calls() throws StoreUnavailable;
    }

    /**
     * A page's answer.
     *
     * @param asked when the page was asked for it
     */
    record Given(Answer answer, Instant asked) {}

    /**
     * An answer that others get, too.
     *
     * @param rest how long it is as good as new
     * @param renewing whether somebody is being asked for the next
     */
    private record Kept(Given given, Duration rest, boolean renewing) {
        Kept renewed() {
            return new Kept(given, rest, true);
        }
    }

    /**
     * Keeps nothing yet.
     *
     * @param size of the store
     * @param renewals runs what nobody waits for
     */
    KeptAnswers(Size size, InstantSource clock, Executor renewals) {
        this.size = size;
        this.clock = clock;
        this.renewals = renewals;
    }

    /**
     * The page's answer, which may be a kept one.
     *
     * @param anew whether the visitor has asked for a new one
     */
    Given answer(Page page, Visit visit, boolean anew) throws StoreUnavailable {
        String key = key(visit);
        @Nullable Kept found = page.keeps() && !anew ? take(key) : null;
        if (found == null) {
            return many && page.keeps() && !anew
                    ? together(page, visit, key)
                    : ask(page, visit, key);
        }
        if (!found.renewing() && age(found.given()).compareTo(found.rest()) > 0) {
            renew(page, visit, key, found);
        }
        return found.given();
    }

    /** One asks for all who want the same at the same time. */
    private Given together(Page page, Visit visit, String key) throws StoreUnavailable {
        CompletableFuture<Given> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<Given> others = coming.putIfAbsent(key, mine);
        if (others != null) {
            @Nullable Given given = others.join();
            return given == null ? ask(page, visit, key) : given;
        }
        @Nullable Given given = null;
        try {
            given = ask(page, visit, key);
            return given;
        } finally {
            coming.remove(key, mine);
            mine.complete(given);
        }
    }

    /** What is not too old; it counts as used. */
    private @Nullable Kept take(String key) {
        synchronized (kept) {
            @Nullable Kept found = kept.get(key);
            return found == null || age(found.given()).compareTo(found.rest().plus(MOST)) > 0
                    ? null
                    : found;
        }
    }

    private void renew(Page page, Visit visit, String key, Kept old) {
        synchronized (kept) {
            if (!kept.replace(key, old, old.renewed())) {
                return;
            }
        }
        renewals.execute(() -> {
            try {
                ask(page, visit, key);
            } catch (StoreUnavailable | RuntimeException e) {
                // Whoever comes next asks for themselves, and is told.
                forget(key);
            }
        });
    }

    private Given ask(Page page, Visit visit, String key) throws StoreUnavailable {
        Instant asked = clock.instant();
        Given given = new Given(page.answer(visit), asked);
        if (page.keeps()) {
            Duration took = Duration.between(asked, clock.instant());
            boolean isLong = took.compareTo(LONG) >= 0;
            if (isLong) {
                many = size.calls() >= MANY_CALLS;
            }
            if (isLong && many) {
                keep(key, given, took.multipliedBy(REST));
            } else {
                forget(key);
            }
        }
        return given;
    }

    private void keep(String key, Given given, Duration rest) {
        synchronized (kept) {
            kept.put(key, new Kept(given, rest.compareTo(MOST) < 0 ? rest : MOST, false));
        }
    }

    private void forget(String key) {
        synchronized (kept) {
            kept.remove(key);
        }
    }

    private Duration age(Given given) {
        return Duration.between(given.asked(), clock.instant());
    }

    /** A page and its files have the same answer; addresses in it are those of the same server. */
    private static String key(Visit visit) {
        ViewQuery view = visit.view().withParameter("format", "").withParameter("table", "");
        return visit.origin() + view.href(visit.path());
    }
}
