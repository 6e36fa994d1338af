package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.wire.Endpoint.Dialect;
import java.util.ArrayList;
import java.util.List;

class AnswerReaderFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void readsAnyAnswer(byte[] answer) {
        for (Dialect dialect : Dialect.values()) {
            AnswerFacts facts = AnswerReader.read(dialect, answer);
            Usage usage = facts.usage();
            if (usage != null) {
                assertThat(JsonCursorTest.accepts(answer)).isTrue();
                assertThat(usage.total()).isNotNegative();
            }
            assertThat(AnswerReader.texts(dialect, answer, 10).toString()).hasSizeLessThan(600);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void readsAnyStream(byte[] stream) {
        for (Dialect dialect : Dialect.values()) {
            StreamFacts facts = new StreamFacts(dialect, 10);
            List<EventFacts> events = new ArrayList<>();
            SseSplitter splitter = new SseSplitter();
            splitter.feed(stream, 0, stream.length, StreamFactsTest.sink(facts, events));
            splitter.finish(StreamFactsTest.sink(facts, events));
            assertThat(facts.chunks()).isLessThanOrEqualTo(events.size() + 1L);
            assertThat(facts.facts()).isNotNull();
            for (EventFacts event : events) {
                assertThat(event.cutEnd()).isBetween(event.cutStart(), stream.length);
            }
        }
    }
}
