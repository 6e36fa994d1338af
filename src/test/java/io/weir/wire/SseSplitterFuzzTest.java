package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class SseSplitterFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void cutsDoNotMatter(byte[] stream) {
        RecordingSink whole = RecordingSink.of(stream, 4_096);
        if (stream.length <= 4_096) {
            assertThat(whole.events).isEqualTo(SlowSse.events(stream));
        }
        assertThat(whole.relayed.toByteArray()).isEqualTo(stream);
        int piece = stream.length == 0 ? 1 : 1 + (stream[0] & 7);
        SseSplitterTest.checkCuts(stream, whole, SseSplitterTest.cuts(stream.length, piece));
    }

    @FuzzTest(maxDuration = "60s")
    void everyByteComesOutOnceWhateverTheBound(byte[] stream) {
        for (int bound : new int[] {1, 5, 16}) {
            RecordingSink whole = RecordingSink.of(stream, bound);
            RecordingSink cut =
                    RecordingSink.of(stream, bound, SseSplitterTest.cuts(stream.length, 3));
            assertThat(cut.events).isEqualTo(whole.events);
            assertThat(cut.passed.toByteArray()).isEqualTo(whole.passed.toByteArray());
            assertThat(cut.relayed.toByteArray()).isEqualTo(stream);
        }
    }
}
