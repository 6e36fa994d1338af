package io.weir.prices;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a price file holds, it is read or refused with a sentence. */
class PriceBookFuzzTest {
    private static final String ENTRY =
            """
            {"entries": [{"model": "m", "aliases": ["n"], "from": "2026-11-01", "long_context_above": 9,
            "tiers": {"standard": {"input": 0.5, "output": 1.25, "long_context": {"input": 1}}}}]}
            """;

    @FuzzTest
    void readsOrRefuses(byte[] file) {
        read(file);
    }

    @Test
    void readsOrRefusesDamagedFiles() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = ENTRY.getBytes(StandardCharsets.UTF_8);
            for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] =
                        (byte) ENTRY.charAt(random.nextInt(ENTRY.length()));
            }
            read(damaged);
        }
    }

    private static void read(byte[] file) {
        try {
            PriceBook.parse(file).entries();
        } catch (IllegalArgumentException expected) {
            if (expected.getMessage() == null) {
                throw new AssertionError("refused without a reason", expected);
            }
        }
    }
}
