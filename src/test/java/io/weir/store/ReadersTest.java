package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.store.StoreUnavailable.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReadersTest {
    @Test
    void sendsAwayWhoWouldWaitTooLong() throws InterruptedException, StoreUnavailable {
        try (Readers readers = new Readers(1, Duration.ZERO)) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Thread first =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    readers.run(() -> {
                                        begun.countDown();
                                        end.await();
                                        return 1;
                                    });
                                } catch (StoreUnavailable e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            begun.await();
            assertThatThrownBy(() -> readers.run(() -> 2))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.BUSY));
            end.countDown();
            first.join();
            assertThat(readers.run(() -> 3)).isEqualTo(3);
        }
    }

    @Test
    void worksOnPlatformThreads() throws StoreUnavailable {
        try (Readers readers = new Readers(1, Duration.ZERO)) {
            assertThat(readers.run(() -> Thread.currentThread().isVirtual())).isFalse();
        }
    }

    @Test
    void handsOnWhatAReadThrows() {
        try (Readers readers = new Readers(1, Duration.ZERO)) {
            assertThatThrownBy(() ->
                            readers.run(() -> {
                                throw new StoreUnavailable(Reason.CLOSED, "closed", null);
                            }))
                    .isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() ->
                            readers.run(() -> {
                                throw new IllegalArgumentException("a bug");
                            }))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
