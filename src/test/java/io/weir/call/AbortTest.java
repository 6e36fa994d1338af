package io.weir.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AbortTest {
    private final Abort abort = new Abort();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void runsWhatIsRegisteredOnceAndKeepsTheFirstReason() {
        abort.onRaise(runs::incrementAndGet);

        abort.raise(new Outcome.ClientGone());
        abort.raise(new Outcome.DeadlinePassed());

        assertThat(runs).hasValue(1);
        assertThat(abort.raised()).contains(new Outcome.ClientGone());
    }

    @Test
    void runsALateRegistrationAtOnce() {
        abort.raise(new Outcome.ClientGone());

        abort.onRaise(runs::incrementAndGet);

        assertThat(runs).hasValue(1);
    }

    @Test
    void aClientThatLeavesIsNotedWithoutStoppingTheCall() {
        abort.onRaise(runs::incrementAndGet);

        abort.clientLeft();

        assertThat(abort.hasClientLeft()).isTrue();
        assertThat(abort.raised()).isEmpty();
        assertThat(runs).hasValue(0);
    }
}
