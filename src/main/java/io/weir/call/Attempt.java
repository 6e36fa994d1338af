package io.weir.call;

import org.jspecify.annotations.Nullable;

/**
 * One try at an upstream. Times are microseconds after the call was received; -1 where the moment
 * never came.
 *
 * @param number 1 for the first try
 * @param upstream the upstream's name
 * @param reused whether the connection had carried a call before
 * @param startedMicros when this try began
 * @param connectedMicros when a connection was there
 * @param sentMicros when the request's last byte was handed to the network
 * @param firstByteMicros when the answer's status line was there
 * @param endedMicros when the answer's last byte, or the failure, was there
 * @param status the upstream's status, 0 where none came
 * @param failure the {@link UpstreamFailure#errorType()}, null where the upstream answered to its
 *     end
 * @param requestId the upstream's {@code x-request-id}
 */
public record Attempt(
        int number,
        String upstream,
        boolean reused,
        long startedMicros,
        long connectedMicros,
        long sentMicros,
        long firstByteMicros,
        long endedMicros,
        int status,
        @Nullable String failure,
        @Nullable String requestId) {}
