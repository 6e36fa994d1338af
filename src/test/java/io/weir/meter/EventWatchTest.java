package io.weir.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Endpoint.Dialect;
import io.weir.wire.Usage;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventWatchTest {
    private static final String ASKED =
            "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"Grüß\"}}],\"usage\":null}\r\n\r\n"
                    + ": ping\n\n"
                    + "data: {\"id\":\"c\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}\n\n"
                    + "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}\n\n"
                    + "data: [DONE]\n\n";

    private static final String UNASKED =
            "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"Grüß\"}}]}\r\n\r\n"
                    + ": ping\n\n"
                    + "data: {\"id\":\"c\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                    + "data: [DONE]\n\n";

    @Test
    void hidesWhatTheClientDidNotAskForHoweverTheBytesAreCut() {
        for (int seed = 0; seed < 200; seed++) {
            EventWatch watch = new EventWatch(Dialect.CHAT, true);

            assertThat(relayed(watch, ASKED, new Random(seed))).isEqualTo(UNASKED);
            assertThat(watch.facts().usage()).isEqualTo(Usage.ofText(3, 2));
            assertThat(watch.ended()).isTrue();
            assertThat(watch.begun()).isTrue();
        }
    }

    @Test
    void passesEveryByteWhereItIsWhereTheClientAsked() {
        EventWatch watch = new EventWatch(Dialect.CHAT, false);
        Pending client = new Pending();
        assertThat(watch.edits()).isFalse();
        byte[] all = ASKED.getBytes(UTF_8);
        for (int at = 0; at < all.length; at++) {
            watch.feed(all, at, 1, client);
            assertThat(client.isEmpty()).isTrue();
        }
        assertThat(all).isEqualTo(ASKED.getBytes(UTF_8));
        assertThat(watch.facts().usage()).isEqualTo(Usage.ofText(3, 2));
    }

    @Test
    void aChatThatEndsBeforeItsFinishReasonIsNotWhole() {
        EventWatch watch = new EventWatch(Dialect.CHAT, false);
        relayed(watch, "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n", new Random(1));

        assertThat(watch.whole()).isFalse();
    }

    @Test
    void aChatThatEndsAfterItsFinishReasonIsWholeWithoutItsMark() {
        EventWatch watch = new EventWatch(Dialect.CHAT, false);
        relayed(
                watch,
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
                new Random(1));

        assertThat(watch.whole()).isTrue();
    }

    private static String relayed(EventWatch watch, String stream, Random random) {
        Pending client = new Pending();
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        byte[] all = stream.getBytes(UTF_8);
        int at = 0;
        while (at < all.length) {
            int length = Math.min(all.length - at, 1 + random.nextInt(40));
            watch.feed(all, at, length, client);
            at += length;
            empty(client, seen);
        }
        watch.finish(client);
        empty(client, seen);
        return seen.toString(UTF_8);
    }

    private static void empty(Pending client, ByteArrayOutputStream seen) {
        byte[] piece = new byte[7];
        while (!client.isEmpty()) {
            seen.write(piece, 0, client.take(piece, 0, piece.length));
        }
    }
}
