package io.weir.replay;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** The words under which failures are counted. */
final class LoadFailure {
    /** A stream that ended without its end mark, or with an error event. */
    static final String BROKEN_STREAM = "broken_stream";

    private LoadFailure() {}

    /** The word for a call that got no whole answer. */
    static String word(IOException failure) {
        return switch (failure) {
            case SocketTimeoutException timeout -> "timed_out";
            case ConnectException refused -> "not_reached";
            case UnknownHostException unknown -> "not_reached";
            case EOFException cut -> "cut_off";
            case IOException other -> "connection_broken";
        };
    }

    /** The word for an answer with an error status. */
    static String word(int status) {
        return "http_" + status;
    }
}
