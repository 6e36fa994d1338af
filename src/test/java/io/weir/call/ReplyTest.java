package io.weir.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplyTest {
    private final List<Outcome> told = new ArrayList<>();

    @Test
    void aWholeAnswerIsDoneAtOnce() {
        new Reply.Whole(200, Headers.NONE, new byte[1]).whenDone(told::add);

        assertThat(told).containsExactly(new Outcome.Completed());
    }

    @Test
    void aRefusalIsDoneAtOnceWithItsOwnOutcome() {
        ApiError error = ApiError.of(401, "invalid_request_error", "invalid_api_key", "No.");

        Reply.Refused.of(error).whenDone(told::add);

        assertThat(told).containsExactly(new Outcome.Refused(error));
    }

    @Test
    void aStreamIsDoneBeforeTheBytesThatCompleteItAreGivenAway() throws UpstreamFailure {
        Source source = watched(new ScriptedSource(2, null));

        assertThat(source.read(new byte[8], 0, 8)).isEqualTo(1);
        assertThat(told).isEmpty();
        assertThat(source.read(new byte[8], 0, 8)).isEqualTo(1);
        assertThat(told).containsExactly(new Outcome.Completed());
        assertThat(source.read(new byte[8], 0, 8)).isEqualTo(-1);
        source.close(new Outcome.ClientGone());
        assertThat(told).hasSize(1);
    }

    @Test
    void aStreamThatBreaksSaysSo() throws UpstreamFailure {
        UpstreamFailure failure = new UpstreamFailure.Broken("gone", null);
        Source source = watched(new ScriptedSource(2, failure));

        assertThat(source.read(new byte[8], 0, 8)).isEqualTo(1);
        assertThatThrownBy(() -> source.read(new byte[8], 0, 8)).isSameAs(failure);
        assertThat(told).containsExactly(new Outcome.UpstreamFailed(failure));
    }

    @Test
    void aStreamThatIsLeftSaysWhy() {
        Source source = watched(new ScriptedSource(2, null));

        source.close(new Outcome.ClientGone());

        assertThat(told).containsExactly(new Outcome.ClientGone());
    }

    private Source watched(Source source) {
        Reply reply = new Reply.Streamed(200, Headers.NONE, -1, source).whenDone(told::add);
        return ((Reply.Streamed) reply).source();
    }

    /** Gives one byte at a time; complete with the last. */
    private static final class ScriptedSource implements Source {
        private final Deque<Integer> left = new ArrayDeque<>();
        private final @Nullable UpstreamFailure failure;

        ScriptedSource(int bytes, @Nullable UpstreamFailure failure) {
            this.failure = failure;
            for (int i = 0; i < bytes; i++) {
                left.add(i);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws UpstreamFailure {
            if (failure != null && left.size() == 1) {
                throw failure;
            }
            return left.poll() == null ? -1 : 1;
        }

        @Override
        public boolean complete() {
            return left.isEmpty();
        }

        @Override
        public void close(Outcome why) {}
    }
}
