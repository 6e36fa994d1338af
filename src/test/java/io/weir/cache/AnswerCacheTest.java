package io.weir.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.Body;
import io.weir.call.Outcome;
import io.weir.call.Reply;
import io.weir.call.Source;
import io.weir.call.UpstreamFailure;
import io.weir.wire.AnswerError;
import io.weir.wire.AnswerFacts;
import io.weir.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final CacheConfig CONFIG =
            new CacheConfig(
                    true,
                    Duration.ofHours(1),
                    1 << 20,
                    100,
                    CacheConfig.Scope.PROJECT,
                    true,
                    SemanticConfig.OFF);

    private final AtomicLong nanos = new AtomicLong();
    private final AnswerCache cache = new AnswerCache(CONFIG, "openai", nanos::get);

    @Test
    void keepsAnAnswerForItsTimeAndTellsItsAge() {
        Asking asking = new Asking(cache, "a");
        asking.answer(asking.filling(), "one");
        assertThat(asking.kept()).isEqualTo("one");
        nanos.addAndGet(59 * MINUTE);
        CachedAnswer kept = Objects.requireNonNull(cache.find(asking.key, CacheControl.NONE));
        assertThat(cache.age(kept)).isEqualTo(Duration.ofMinutes(59));
        nanos.addAndGet(2 * MINUTE);
        assertThat(asking.kept()).isNull();
        assertThat(cache.standing().entries()).isZero();
        assertThat(cache.standing().evictions()).isZero();
    }

    @Test
    void isAskedForFresherAnswersThanItHas() {
        Asking asking = new Asking(cache, "a");
        asking.answer(asking.filling(), "one");
        nanos.addAndGet(MINUTE);
        assertThat(cache.find(asking.key, maxAge("60"))).isNotNull();
        assertThat(cache.find(asking.key, maxAge("59"))).isNull();
        assertThat(cache.find(asking.key, CacheControl.of(Headers.of("Cache-Control", "no-cache"))))
                .isNull();
    }

    @Test
    void staysWithinItsBytesAndCountsWhatHadToGo() {
        for (int i = 0; i < 10_000; i++) {
            Asking asking = new Asking(cache, "q" + i);
            asking.answer(asking.filling(), "x".repeat(100));
        }
        AnswerCache.Standing standing = cache.standing();
        assertThat(standing.bytes()).isBetween(1L, 1L << 20);
        assertThat(standing.entries()).isBetween(100L, 2_000L);
        assertThat(standing.evictions()).isEqualTo(10_000 - standing.entries());
        assertThat(cache.shares().get("shop"))
                .isEqualTo(new AnswerCache.Share(standing.entries(), standing.bytes()));
    }

    @Test
    void forgetsAProjectsAnswersThoseUnderWayToo() {
        Asking shop = new Asking(cache, "a", "shop");
        Asking web = new Asking(cache, "a", "web");
        shop.answer(shop.filling(), "one");
        web.answer(web.filling(), "two");
        Asking underWay = new Asking(cache, "b", "shop");
        Filling filling = underWay.filling();
        assertThat(cache.clear("shop")).isEqualTo(1);
        underWay.answer(filling, "three");
        assertThat(shop.kept()).isNull();
        assertThat(underWay.kept()).isNull();
        assertThat(web.kept()).isEqualTo("two");
        assertThat(cache.clear(null)).isEqualTo(1);
        assertThat(web.kept()).isNull();
    }

    @Test
    void aStreamIsKeptByteForByteAndGivenAgainAsOne() throws UpstreamFailure {
        Asking asking = new Asking(cache, "a");
        Source first = asking.stream(asking.filling(), "data: 1", "\n\n", "data: 2");
        assertThat(asking.kept()).isNull();
        assertThat(Asking.read(first)).isEqualTo("data: 1\n\ndata: 2");
        CachedAnswer kept = Objects.requireNonNull(cache.find(asking.key, CacheControl.NONE));
        Reply again = kept.reply(Headers.of("age", "0"), asking.call.trace());
        assertThat(again).isInstanceOf(Reply.Streamed.class);
        assertThat(Asking.read(((Reply.Streamed) again).source())).isEqualTo("data: 1\n\ndata: 2");
        assertThat(asking.call.trace().relayedBytes()).isEqualTo(16);
    }

    @Test
    void aStreamThatIsCutTooLongOrLeftIsNotKept() throws UpstreamFailure {
        Asking cut = new Asking(cache, "cut");
        Source breaks = cut.stream(cut.filling(), "data: 1", null);
        assertThatThrownBy(() -> Asking.read(breaks)).isInstanceOf(UpstreamFailure.Broken.class);
        Asking big = new Asking(cache, "long");
        String[] pieces = "1234567 ".repeat(15).split("(?<= )", -1);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = pieces[i].strip();
        }
        Asking.read(big.stream(big.filling(), pieces));
        Asking left = new Asking(cache, "left");
        Source half = left.stream(left.filling(), "data: 1", "data: 2");
        half.read(new byte[7], 0, 7);
        half.close(new Outcome.ClientGone());
        for (Asking each : List.of(cut, big, left)) {
            assertThat(each.kept()).isNull();
        }
        assertThat(cache.standing().underWay()).isZero();
    }

    @Test
    void aStreamThatIsWholeIsKeptAlthoughItsEndWasNotRead() throws UpstreamFailure {
        Asking asking = new Asking(cache, "a");
        Source source = asking.stream(asking.filling(), "data: 1");
        source.read(new byte[7], 0, 7);
        source.close(new Outcome.ClientGone());
        assertThat(asking.kept()).isEqualTo("data: 1");
    }

    @Test
    void whatIsNoGoodAnswerIsNotKept() {
        for (AnswerFacts facts :
                List.of(
                        AnswerFacts.NONE,
                        new AnswerFacts(
                                "r",
                                "gpt-4o",
                                null,
                                List.of(),
                                null,
                                new AnswerError(null, "server_error", "no")))) {
            Asking asking = new Asking(cache, "a");
            asking.call.trace().facts(facts, List.of());
            asking.filling().keeping(Asking.whole(200, "x"), asking.call, () -> 1L);
            assertThat(asking.kept()).isNull();
        }
        for (Reply reply :
                List.of(
                        Asking.whole(500, "x"),
                        Asking.whole(400, "x"),
                        Asking.whole(200, "x".repeat(101)),
                        new Reply.Whole(
                                200, Headers.of("cache-control", "private, no-store"), new byte[1]),
                        Asking.refused())) {
            Asking asking = new Asking(cache, "a");
            asking.call.trace().facts(Asking.GOOD, List.of());
            asking.filling().keeping(reply, asking.call, () -> 1L);
            assertThat(asking.kept()).isNull();
        }
        assertThat(cache.standing().underWay()).isZero();
    }

    @Test
    void theAnswerToAnotherRequestIsNotKept() {
        Asking asking = new Asking(cache, "a");
        Filling filling = asking.filling();
        asking.call
                .trace()
                .asReadIs(
                        asking.call.withBody(
                                new Body.Bytes("{}".getBytes(StandardCharsets.UTF_8))));
        asking.answer(filling, "cheap");
        assertThat(asking.kept()).isNull();
    }

    @Test
    void leavesOutWhatWasAboutTheFirstAskerAlone() {
        Asking asking = new Asking(cache, "a");
        asking.call.trace().facts(Asking.GOOD, List.of());
        Headers headers =
                Headers.of(
                        "Set-Cookie", "s=1",
                        "X-RateLimit-Remaining-Tokens", "9",
                        "x-weir-degraded-to", "x",
                        "Content-Type", "application/json",
                        "x-request-id", "req_1");
        asking.filling()
                .keeping(new Reply.Whole(200, headers, new byte[1]), asking.call, () -> null);
        CachedAnswer kept = Objects.requireNonNull(cache.find(asking.key, CacheControl.NONE));
        assertThat(kept.headers()).hasToString("Headers[Content-Type, x-request-id]");
        assertThat(kept.savesNanoUsd()).isNull();
    }

    @Test
    void tellsApartWhoMayShareAnswersAndWhatIsAskedFor() {
        Asking one = new Asking(cache, "a", "shop", "accept", "application/json");
        assertThat(new Asking(cache, "a", "shop", "Accept", "application/json").key)
                .isEqualTo(one.key);
        assertThat(
                        List.of(
                                new Asking(cache, "a", "web", "accept", "application/json").key,
                                new Asking(cache, "b", "shop", "accept", "application/json").key,
                                new Asking(cache, "a", "shop", "accept", "text/event-stream").key,
                                new Asking(cache, "a", "shop", "accept-encoding", "gzip").key,
                                new Asking(cache, "a", "shop", "openai-beta", "x").key,
                                new Asking(cache, "a", "shop").key))
                .doesNotHaveDuplicates()
                .doesNotContain(one.key);
        AnswerCache byKey =
                new AnswerCache(
                        new CacheConfig(
                                true,
                                Duration.ofHours(1),
                                1 << 20,
                                100,
                                CacheConfig.Scope.KEY,
                                true,
                                SemanticConfig.OFF),
                        "openai",
                        nanos::get);
        assertThat(new Asking(byKey, "a", "shop").key)
                .isNotEqualTo(new Asking(cache, "a", "shop").key);
    }

    private static CacheControl maxAge(String seconds) {
        return CacheControl.of(Headers.of("cache-control", "max-age=" + seconds));
    }
}
