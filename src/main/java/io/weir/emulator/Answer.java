package io.weir.emulator;

import io.weir.wire.ApiError;
import io.weir.wire.Usage;
import java.util.Iterator;

/** What an operation answers, before anybody thinks of time, headers or faults. */
sealed interface Answer {
    /** What is billed for it. */
    Usage usage();

    /** A refusal. */
    record Refused(ApiError error) implements Answer {
        @Override
        public Usage usage() {
            return Usage.NONE;
        }
    }

    /**
     * A JSON document.
     *
     * @param steps tokens written one after another, which is what takes time
     */
    @SuppressWarnings("ArrayRecordComponent") // sent once and never compared
    record Whole(byte[] json, Usage usage, int steps) implements Answer {}

    /**
     * Server-sent events.
     *
     * @param thought tokens written before the first event
     * @param errorEvent an event that says, in this operation's form, that the stream has failed;
     *     to be sent after {@link #EVENTS_BEFORE_ERROR} others
     */
    @SuppressWarnings("ArrayRecordComponent") // sent once and never compared
    record Streamed(Iterator<Event> events, Usage usage, int thought, byte[] errorEvent)
            implements Answer {
        static final int EVENTS_BEFORE_ERROR = 6;
    }

    /**
     * One event with its framing.
     *
     * @param paced whether the model had to write a token for it
     */
    @SuppressWarnings("ArrayRecordComponent") // sent once and never compared
    record Event(byte[] bytes, boolean paced) {}
}
