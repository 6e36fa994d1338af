package io.weir.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallIdsTest {
    @Test
    void hasTheTimeTheVersionAndTheVariantOfRfc9562() {
        UUID id = new CallIds(() -> 0x0123_4567_89abL, () -> -1L).get();

        assertThat(id).hasToString("01234567-89ab-7fff-bfff-ffffffffffff");
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }
}
