package io.weir.alert;

import io.weir.export.Sent;
import io.weir.outbound.Backoff;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells a channel what it is to be told, one after the other, each until it goes well; with a
 * thread of its own, so that no channel waits for another.
 */
final class ChannelRunner implements Closeable {
    private static final System.Logger LOG = System.getLogger(ChannelRunner.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MOST_PAUSE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ChannelPlan plan;
    private final AlertDesk desk;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Thread thread;
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Instant lastTold;
    private volatile @Nullable String problem;

    ChannelRunner(ChannelPlan plan, AlertDesk desk, InstantSource clock, RandomGenerator random) {
        this.plan = plan;
        this.desk = desk;
        this.clock = clock;
        this.backoff = new Backoff(FIRST_PAUSE, MOST_PAUSE, random);
        this.thread =
                Thread.ofPlatform()
                        .name("weir-alerts-" + plan.name())
                        .daemon(true)
                        .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    ChannelHealth health() {
        return new ChannelHealth(
                plan.name(),
                plan.kind(),
                desk.waiting(plan.name()),
                told.get(),
                failures.get(),
                Optional.ofNullable(lastTold),
                Optional.ofNullable(problem));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Channel channel = plan.opening().open()) {
            while (true) {
                Notification next = desk.next(plan.name());
                settle(next, told(channel, next));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "channel {0} was not closed in order: {1}",
                    plan.name(),
                    e.getMessage());
        }
    }

    /** A mistake of ours must not be the end of all telling. */
    private Sent told(Channel channel, Notification next) throws InterruptedException {
        try {
            return channel.tell(next);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "channel " + plan.name() + " has a fault", e);
            return new Sent.Failed("a fault of Weir's: " + e.getClass().getSimpleName());
        }
    }

    private void settle(Notification next, Sent sent) throws InterruptedException {
        switch (sent) {
            case Sent.Delivered delivered -> {
                told.incrementAndGet();
                lastTold = clock.instant();
                problem = null;
                backoff.reset();
                desk.settled(plan.name(), next, sent, clock.instant());
            }
            case Sent.Refused refused -> {
                failures.incrementAndGet();
                problem = refused.reason();
                LOG.log(
                        System.Logger.Level.ERROR,
                        "channel {0} will not take {1}: {2}",
                        plan.name(),
                        next.id(),
                        refused.reason());
                backoff.reset();
                desk.settled(plan.name(), next, sent, clock.instant());
            }
            case Sent.Failed(String reason, Optional<Duration> retryAfter) -> {
                failures.incrementAndGet();
                if (problem == null) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "channel {0} cannot be told, and is tried again: {1}",
                            plan.name(),
                            reason);
                }
                problem = reason;
                Thread.sleep(backoff.next(retryAfter));
            }
        }
    }
}
