package io.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemainingTest {
    private final Remaining remaining = new Remaining();

    @Test
    void hindersNobodyBeforeTheProviderHasSaidAnything() {
        assertThat(remaining.delay(1_000_000, 0)).isZero();
        assertThat(remaining.left(0)).isEqualTo(-1);
    }

    @Test
    void whatWasSentSinceTheRequestThatWasAnsweredIsTakenOff() {
        long first = remaining.send(10, 0);
        remaining.send(30, 0);
        remaining.says(first, 100, 100, 1_000, 0);

        assertThat(remaining.left(0)).isEqualTo(70);
        assertThat(remaining.send(70, 0)).isEqualTo(110);
        assertThat(remaining.send(1, 0)).isEqualTo(Remaining.TOO_MUCH);
    }

    @Test
    void fillsEvenlyUntilItIsWholeAgain() {
        remaining.says(0, 0, 100, 1_000, 5_000);

        assertThat(remaining.delay(1, 5_000)).isEqualTo(10);
        assertThat(remaining.delay(50, 5_000)).isEqualTo(500);
        assertThat(remaining.left(5_250)).isEqualTo(25);
        assertThat(remaining.send(25, 5_250)).isPositive();
        assertThat(remaining.delay(25, 5_250)).isEqualTo(250);
        assertThat(remaining.delay(1_000, 6_000)).isZero();
    }

    @Test
    void whatIsMoreThanTheWholeLimitWaitsForThatOnly() {
        remaining.says(0, 0, 100, 1_000, 0);

        assertThat(remaining.delay(5_000, 0)).isEqualTo(1_000);
        assertThat(remaining.delay(5_000, 1_000)).isZero();
    }

    @Test
    void anAnswerToAnOlderRequestDoesNotOverruleANewerOne() {
        long older = remaining.send(1, 0);
        long newer = remaining.send(1, 0);
        remaining.says(newer, 5, 10, 1_000, 10);
        remaining.says(older, 9, 10, 1_000, 20);

        assertThat(remaining.left(20)).isEqualTo(5);
    }
}
