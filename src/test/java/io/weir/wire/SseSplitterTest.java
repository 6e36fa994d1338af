package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseSplitterTest {
    private static final int BOUND = SseSplitter.DEFAULT_MAX_EVENT_BYTES;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void findsEventsWithAnyLineEnd(String lineEnd) {
        String stream =
                ": hello\n\nevent: a\ndata: 1\nid: 7\n\ndata:2\ndata:  3\nretry: 5\n\ndata\n\n"
                        .replace("\n", lineEnd);
        RecordingSink found = RecordingSink.of(bytes(stream), BOUND);
        assertThat(found.events)
                .containsExactly(
                        new SseEvent("a", "1", "7"), SseEvent.of("2\n 3"), SseEvent.of(""));
        assertThat(found.incomplete).isZero();
        assertThat(found.relayed.toByteArray()).isEqualTo(bytes(stream));
    }

    @Test
    void skipsTheByteOrderMark() {
        assertThat(RecordingSink.of(bytes("\uFEFFdata: x\n\n"), BOUND).events)
                .containsExactly(SseEvent.of("x"));
        assertThat(RecordingSink.of(bytes("data: 1\n\n\uFEFFdata: x\n\n"), BOUND).events)
                .containsExactly(SseEvent.of("1"));
    }

    @Test
    void saysWhatIsLeftAtTheEnd() {
        RecordingSink found = RecordingSink.of(bytes("data: 1\n\ndata: [DONE]\n"), BOUND);
        assertThat(found.events).containsExactly(SseEvent.of("1"));
        assertThat(found.incomplete).isEqualTo(1);
    }

    @Test
    void anEventOfCarriageReturnsIsThereWithoutWaiting() {
        RecordingSink sink = new RecordingSink();
        byte[] stream = bytes("data: x\r\r");
        new SseSplitter().feed(stream, 0, stream.length, sink);
        assertThat(sink.events).containsExactly(SseEvent.of("x"));
    }

    @Test
    void theLastLineFeedOfABlankLineBelongsToItsEvent() {
        byte[] stream = bytes("data: x\r\n\r\ndata: y\r\n\r\n");
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(RecordingSink.of(stream, BOUND, cut).ends).containsExactly(11, 22);
        }
    }

    @Test
    void eventsBeyondTheBoundPassUnread() {
        String large = "data: " + "x".repeat(100) + "\n\n";
        byte[] stream = bytes("data: 1\n\n" + large + "data: 2\n\n" + large);
        for (int piece : new int[] {1, 7, 50, 64, 1_000}) {
            RecordingSink found = RecordingSink.of(stream, 64, cuts(stream.length, piece));
            assertThat(found.events).containsExactly(SseEvent.of("1"), SseEvent.of("2"));
            assertThat(found.passed.toString(StandardCharsets.UTF_8)).isEqualTo(large + large);
            assertThat(found.relayed.toByteArray()).isEqualTo(stream);
        }
    }

    @Test
    void aStreamCutInsideALargeEventIsSeen() {
        SseSplitter splitter = new SseSplitter(10);
        RecordingSink sink = new RecordingSink();
        splitter.feed(bytes("data: 123456789"), 0, 15, sink);
        assertThat(sink.passed.size()).as("passed on without waiting for the end").isEqualTo(15);
        assertThat(splitter.finish(sink)).isTrue();
    }

    @Test
    void findsDataInPlaceAndJoinsManyLines() {
        byte[] stream = bytes("data: 1\n\ndata: 2\ndata: 3\ndata: 4\n\ndata: 5\n\n");
        StringBuilder places = new StringBuilder();
        SseSink sink =
                new SseSink() {
                    @Override
                    public void event(SseFrame frame) {
                        places.append(frame.dataInPlace()).append(' ').append(frame.event().data());
                        places.append('|');
                    }

                    @Override
                    public void oversized(byte[] buffer, int start, int end) {}

                    @Override
                    public void incomplete(SseFrame frame) {}
                };
        new SseSplitter().feed(stream, 0, stream.length, sink);
        assertThat(places.toString()).isEqualTo("true 1|false 2\n3\n4|true 5|");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void aRecordedStreamCutAnywhereGivesTheSameEvents(Recorded recorded) {
        byte[] stream = recorded.answer();
        List<SseEvent> wanted = SlowSse.events(stream);
        assertThat(wanted).isNotEmpty();
        for (int cut = 0; cut <= stream.length; cut++) {
            RecordingSink found = RecordingSink.of(stream, BOUND, cut);
            assertThat(found.events).isEqualTo(wanted);
        }
        RecordingSink bytewise = RecordingSink.of(stream, BOUND, cuts(stream.length, 1));
        assertThat(bytewise.events).isEqualTo(wanted);
        assertThat(bytewise.relayed.toByteArray()).isEqualTo(stream);
    }

    static List<Recorded> recorded() {
        return Recorded.streams();
    }

    @Test
    void anyStreamCutAnywhereGivesTheSameEvents() {
        Random random = new Random(4);
        for (int i = 0; i < 3_000; i++) {
            byte[] stream = randomStream(random);
            RecordingSink whole = RecordingSink.of(stream, BOUND);
            assertThat(whole.events).isEqualTo(SlowSse.events(stream));
            checkCuts(stream, whole, random.nextInt(stream.length + 1));
            checkCuts(stream, whole, cuts(stream.length, 1 + random.nextInt(3)));
        }
    }

    @Test
    void readsEventsFromAStreamOfBytes() throws IOException {
        byte[] stream = bytes(": hi\n\ndata: 1\n\nevent: e\ndata: é\n\ndata: cut");
        SseReader reader = new SseReader(new ByteArrayInputStream(stream));
        assertThat(reader.next()).contains(SseEvent.of("1"));
        assertThat(reader.next()).contains(SseEvent.of("e", "é"));
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
        assertThat(reader.cut()).isTrue();
    }

    @Test
    void writesWhatItReads() {
        for (SseEvent event :
                List.of(
                        SseEvent.of("x"),
                        SseEvent.of(""),
                        SseEvent.of(" a\n\nb\n"),
                        new SseEvent("e", "{\"é\":1}", "9"))) {
            assertThat(RecordingSink.of(event.bytes(), BOUND).events).containsExactly(event);
        }
        assertThat(SseEvent.of("[DONE]").bytes()).isEqualTo(bytes("data: [DONE]\n\n"));
        assertThatThrownBy(() -> SseEvent.of("a\nb", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static void checkCuts(byte[] stream, RecordingSink whole, int... cuts) {
        RecordingSink found = RecordingSink.of(stream, BOUND, cuts);
        assertThat(found.events).isEqualTo(whole.events);
        assertThat(found.ends).isEqualTo(whole.ends);
        assertThat(found.relayed.toByteArray()).isEqualTo(stream);
    }

    static int[] cuts(int length, int piece) {
        return IntStream.iterate(0, at -> at <= length, at -> at + piece).toArray();
    }

    private static byte[] randomStream(Random random) {
        List<String> pieces =
                List.of(
                        "data",
                        "data:",
                        "data: ",
                        "event: ",
                        "id:",
                        ":",
                        " ",
                        "x",
                        "é🌍",
                        "\n",
                        "\n",
                        "\n\n",
                        "\r\n",
                        "\r\n\r\n",
                        "\r",
                        "\r\r",
                        "\uFEFF",
                        "data: {\"a\":1}\n\n");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(25); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return bytes(text.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
