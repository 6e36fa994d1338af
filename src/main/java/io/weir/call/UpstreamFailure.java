package io.weir.call;

import io.weir.wire.ApiError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why an upstream gave no whole answer. Thrown by an upstream and by the source of a stream; a
 * status is not a failure.
 */
public abstract sealed class UpstreamFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    private UpstreamFailure(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    /** What happened and what to do, for the client. */
    public String sentence() {
        return sentence;
    }

    /** The class of the failure, a stored word: reports count these. */
    public abstract String errorType();

    /**
     * The request cannot have been acted on: nothing of it was read by the upstream. Trying
     * elsewhere is safe.
     */
    public static final class NotReached extends UpstreamFailure {
        private static final long serialVersionUID = 1L;

        public NotReached(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public String errorType() {
            return "upstream_unreachable";
        }
    }

    /** One of the four timers ran out. */
    public static final class TimedOut extends UpstreamFailure {
        private static final long serialVersionUID = 1L;
        private final Timer timer;

        public TimedOut(Timer timer, String message) {
            super(message, null);
            this.timer = timer;
        }

        /** Which of them. */
        public Timer timer() {
            return timer;
        }

        @Override
        public String errorType() {
            return timer.errorType();
        }
    }

    /** The connection broke, or what came over it was not HTTP, before the answer was complete. */
    public static final class Broken extends UpstreamFailure {
        private static final long serialVersionUID = 1L;

        public Broken(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public String errorType() {
            return "upstream_broken";
        }
    }

    /** Weir has stopped it, and says why. */
    public static final class Stopped extends UpstreamFailure {
        private static final long serialVersionUID = 1L;
        private final transient ApiError error;

        public Stopped(ApiError error) {
            super(error.message(), null);
            this.error = error;
        }

        /** What the client is told. */
        public ApiError error() {
            return error;
        }

        @Override
        public String errorType() {
            return String.valueOf(error.code());
        }
    }

    /** The timers of a call. */
    public enum Timer {
        /** From the try's begin to a connection. */
        CONNECT("upstream_connect_timeout"),
        /** From the request's last byte to the answer's head. */
        FIRST_BYTE("upstream_first_byte_timeout"),
        /** Between two pieces of an answer. */
        IDLE("upstream_idle_timeout"),
        /** The whole call. */
        TOTAL("upstream_total_timeout");

        private final String errorType;

        Timer(String errorType) {
            this.errorType = errorType;
        }

        /** The {@code error.code} a client is sent, and reports count. */
        public String errorType() {
            return errorType;
        }
    }
}
