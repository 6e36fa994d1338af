package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What strangers send along: cursors and filters. Anything but a sentence about it is a bug. */
class AskedFuzzTest {
    @FuzzTest
    void readsOrRefuses(FuzzedDataProvider data) {
        String name = data.pickValue(CallFilter.NAMES.toArray(new String[0]));
        readOrRefuse(name, data.consumeRemainingAsString());
    }

    @Test
    void readsOrRefusesAnything() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x7f : 0xd800));
            }
            readOrRefuse(
                    CallFilter.NAMES.get(random.nextInt(CallFilter.NAMES.size())), text.toString());
        }
    }

    @Test
    void readsEachCursorItWrote() {
        Random random = new Random(12);
        for (int i = 0; i < 1_000; i++) {
            Instant at = Instant.ofEpochMilli(random.nextLong(1L << 42)).plusNanos(1_000);
            CallRecord call = CallRecords.at(at.truncatedTo(ChronoUnit.MICROS), i).build();
            Cursor cursor = Cursor.at(call);
            assertThat(Cursor.of(cursor.text())).isEqualTo(cursor);
        }
    }

    private static void readOrRefuse(String name, String text) {
        List<Object> parameters = List.of();
        try {
            parameters = CallFilter.ALL.with(name, text).condition().parameters();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
        assertThat(parameters).hasSizeLessThanOrEqualTo(2);
        try {
            assertThat(Cursor.of(text)).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("where a page ended");
        }
    }
}
