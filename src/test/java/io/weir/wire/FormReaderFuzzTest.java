package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class FormReaderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void readsAnythingAndTheSameByteByByte(byte[] body) {
        byte[] before = body.clone();
        FormReader whole = FormReader.of("multipart/form-data; boundary=b").orElseThrow();
        FormReader bytes = FormReader.of("multipart/form-data; boundary=b").orElseThrow();
        whole.feed(body, 0, body.length);
        for (int i = 0; i < body.length; i++) {
            bytes.feed(body, i, 1);
        }
        assertThat(whole.view().model()).isEqualTo(bytes.view().model());
        assertThat(whole.view().choices()).isEqualTo(bytes.view().choices()).isNotNegative();
        assertThat(whole.view().stream()).isEqualTo(bytes.view().stream());
        assertThat(body).isEqualTo(before);
    }
}
