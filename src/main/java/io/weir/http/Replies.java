package io.weir.http;

import io.weir.call.Call;
import io.weir.call.ClientGoneException;
import io.weir.call.Outcome;
import io.weir.call.Reply;
import io.weir.call.Source;
import io.weir.call.Stage;
import io.weir.call.UpstreamFailure;
import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Relays replies to clients: one read, one write, one flush. */
public final class Replies {
    /** The field that names a call to its client. */
    public static final String CALL_ID = "x-weir-call-id";

    /** Events are some hundred bytes each, and a stream that waits holds its piece all the time. */
    private static final int EVENTS_BYTES = 2_048;

    private static final int PIECE_BYTES = 16_384;

    private Replies() {}

    /**
     * Writes the reply to the client; returns when its last byte was handed to the network.
     *
     * @throws ClientGoneException when the client cannot be written to
     */
    public static void write(Call call, Reply reply, Exchange exchange) throws ClientGoneException {
        Stage stage = Stage.begun();
        try {
            send(reply, exchange, Headers.of(CALL_ID, call.id().toString()));
        } finally {
            stage.done(Stage.REPLY, call.id());
        }
    }

    private static void send(Reply reply, Exchange exchange, Headers mark)
            throws ClientGoneException {
        switch (reply) {
            case Reply.Whole whole ->
                    exchange.answer(whole.status(), whole.headers().and(mark), whole.body());
            case Reply.Refused refused ->
                    exchange.answer(
                            refused.error().status(),
                            refused.headers().and(mark).and("content-type", "application/json"),
                            refused.error().json());
            case Reply.Streamed streamed -> relay(streamed, exchange, mark);
        }
    }

    private static void relay(Reply.Streamed streamed, Exchange exchange, Headers mark)
            throws ClientGoneException {
        Source source = streamed.source();
        boolean events = streamed.headers().isEventStream();
        Outcome end = new Outcome.ClientGone();
        try {
            exchange.stream(
                    streamed.status(),
                    streamed.headers().and(mark),
                    streamed.length(),
                    out -> pump(source, out, events));
            end = new Outcome.Completed();
        } finally {
            source.close(end);
        }
    }

    private static void pump(Source source, OutputStream out, boolean events) throws IOException {
        out.flush();
        byte[] piece = new byte[events ? EVENTS_BYTES : PIECE_BYTES];
        try {
            int read = source.read(piece, 0, piece.length);
            while (read >= 0) {
                out.write(piece, 0, read);
                out.flush();
                read = source.read(piece, 0, piece.length);
            }
        } catch (UpstreamFailure failure) {
            if (events) {
                out.write(errorEvent(failure));
                out.flush();
            }
            throw failure;
        }
    }

    /**
     * The blank lines before it end an event that was cut, so that this one is read as an event of
     * its own.
     */
    private static byte[] errorEvent(UpstreamFailure failure) {
        ApiError error =
                failure instanceof UpstreamFailure.Stopped stopped
                        ? stopped.error()
                        : ApiError.of(
                                502, "upstream_error", failure.errorType(), failure.sentence());
        String body = new String(error.json(), StandardCharsets.UTF_8);
        return ("\n\nevent: error\ndata: " + body + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
