package io.weir.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Attempt;
import io.weir.call.AttemptTrace;
import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Calls;
import io.weir.call.Outcome;
import io.weir.call.Reply;
import io.weir.call.Upstream;
import io.weir.call.UpstreamFailure;
import io.weir.wire.Headers;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Reply ANSWER = new Reply.Whole(200, Headers.NONE, new byte[0]);

    private final Call call = Calls.chat("{}");

    @Test
    void triesAgainWhereAKeptConnectionWasDead() {
        ScriptedUpstream upstream =
                new ScriptedUpstream(true, new UpstreamFailure.NotReached("dead", null));

        assertThat(new Router(upstream).proceed(call)).isSameAs(ANSWER);
        assertThat(call.trace().attempts())
                .extracting(Attempt::number, Attempt::failure)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "upstream_unreachable"),
                        org.assertj.core.groups.Tuple.tuple(2, null));
    }

    @Test
    void givesUpAfterThreeDeadConnections() {
        ScriptedUpstream upstream =
                new ScriptedUpstream(
                        true,
                        new UpstreamFailure.NotReached("dead", null),
                        new UpstreamFailure.NotReached("dead", null),
                        new UpstreamFailure.NotReached("dead", null));

        assertRefused(new Router(upstream).proceed(call), 502, "upstream_unreachable");
        assertThat(call.trace().attempts()).hasSize(3);
    }

    @Test
    void doesNotTryAgainWhereTheUpstreamMayHaveActed() {
        UpstreamFailure failure = new UpstreamFailure.Broken("cut", null);

        Reply reply = new Router(new ScriptedUpstream(true, failure)).proceed(call);

        assertRefused(reply, 502, "upstream_broken");
        assertThat(((Reply.Refused) reply).outcome())
                .isEqualTo(new Outcome.UpstreamFailed(failure));
        assertThat(call.trace().attempts()).hasSize(1);
    }

    @Test
    void doesNotRepeatABodyThatHasPassed() {
        Call passing =
                Calls.of("POST", "/v1/files", new Body.Passing(InputStream.nullInputStream(), 5));

        Reply reply =
                new Router(new ScriptedUpstream(true, new UpstreamFailure.NotReached("dead", null)))
                        .proceed(passing);

        assertRefused(reply, 502, "upstream_unreachable");
    }

    @Test
    void namesTheTimerThatRanOut() {
        for (UpstreamFailure.Timer timer : UpstreamFailure.Timer.values()) {
            Reply reply =
                    new Router(
                                    new ScriptedUpstream(
                                            false, new UpstreamFailure.TimedOut(timer, "late")))
                            .proceed(Calls.chat("{}"));

            assertRefused(reply, 504, timer.errorType());
        }
    }

    @Test
    void aCallThatWasStoppedIsRecordedForItsReason() {
        call.abort().raise(new Outcome.ClientGone());

        Reply reply =
                new Router(
                                new ScriptedUpstream(
                                        true, new UpstreamFailure.NotReached("closed", null)))
                        .proceed(call);

        assertThat(((Reply.Refused) reply).outcome()).isEqualTo(new Outcome.ClientGone());
        assertThat(call.trace().attempts()).hasSize(1);
    }

    private static void assertRefused(Reply reply, int status, String code) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> {
                            assertThat(refused.error().status()).isEqualTo(status);
                            assertThat(refused.error().code()).isEqualTo(code);
                        });
    }

    /** Fails as scripted, then answers. */
    private static final class ScriptedUpstream implements Upstream {
        private final boolean reused;
        private final Deque<UpstreamFailure> failures;

        ScriptedUpstream(boolean reused, UpstreamFailure... failures) {
            this.reused = reused;
            this.failures = new ArrayDeque<>(List.of(failures));
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String provider() {
            return "scripted";
        }

        @Override
        public Reply send(Call call, AttemptTrace trying) throws UpstreamFailure {
            trying.connected(reused);
            UpstreamFailure failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return ANSWER;
        }
    }
}
