package io.weir.upstream;

import io.weir.call.AttemptTrace;
import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Outcome;
import io.weir.call.Reply;
import io.weir.call.Source;
import io.weir.call.Stage;
import io.weir.call.TraceContext;
import io.weir.call.Upstream;
import io.weir.call.UpstreamFailure;
import io.weir.call.UpstreamFailure.Timer;
import io.weir.wire.Headers;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** A provider reached by HTTP/1.1 over kept connections. */
public final class HttpUpstream implements Upstream, Closeable {
    /** An answer of up to this length is read whole: one write to the client instead of several. */
    private static final int WHOLE_BYTES = 65_536;

    private final UpstreamConfig config;
    private final Connections connections;
    private final UpstreamKeys keys;

    /** The proxy that is asked to send on each request; one that opens tunnels is not. */
    private final @Nullable HttpProxy askedProxy;

    /**
     * An upstream; nothing is sent until a call is.
     *
     * @param keys calls go out with one of them
     * @param bufferBytes of each connection, each way
     */
    public HttpUpstream(UpstreamConfig config, UpstreamKeys keys, int bufferBytes) {
        this.config = config;
        this.keys = keys;
        this.connections =
                new Connections(
                        config,
                        Http1Config.custom()
                                .setBufferSize(bufferBytes)
                                .setMaxLineLength(65_536)
                                .setMaxHeaderCount(256)
                                .build());
        this.askedProxy = config.tls() ? null : config.proxy();
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public String provider() {
        return config.provider();
    }

    @Override
    public Reply send(Call call, AttemptTrace trying) throws UpstreamFailure {
        Deadline deadline = new Deadline(config, call.trace().receivedNanos(), call.trace()::now);
        UpstreamKeys.Turn turn = keys.turn(call);
        UpstreamConnection connection = connect(call, deadline);
        trying.connected(connection.wasReused());
        call.abort().onRaise(connection::abort);
        try {
            submit(connection, call, turn, trying, deadline);
            return receive(connection, call, turn, trying, deadline);
        } catch (UpstreamFailure failure) {
            call.abort().onRaise(null);
            connection.abort();
            throw failure;
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private UpstreamConnection connect(Call call, Deadline deadline) throws UpstreamFailure {
        long began = call.trace().now();
        Stage stage = Stage.begun();
        try {
            UpstreamConnection kept = connections.reuse();
            return kept != null
                    ? kept
                    : connections.open(deadline.patience(config.connect()) / 1_000_000);
        } finally {
            call.trace().waited(call.trace().now() - began);
            stage.done(Stage.CONNECT, call.id());
        }
    }

    private void submit(
            UpstreamConnection connection,
            Call call,
            UpstreamKeys.Turn turn,
            AttemptTrace trying,
            Deadline deadline)
            throws UpstreamFailure {
        try {
            connection.patience(deadline.patience(config.total()));
            write(connection, call, turn, trying);
            if (connection.endPatience()) {
                throw deadline.timedOut(Timer.FIRST_BYTE, config.firstByte());
            }
            trying.sent();
        } catch (UpstreamFailure failure) {
            throw failure;
        } catch (RequestEntity.Unreadable e) {
            call.abort().raise(new Outcome.ClientGone());
            throw new UpstreamFailure.Broken(
                    "The client's request broke off: " + e.getMessage(), e);
        } catch (IOException e) {
            if (connection.endPatience()) {
                throw deadline.timedOut(Timer.FIRST_BYTE, config.firstByte());
            }
            // An upstream may answer and close before it has read the whole request: that answer is
            // worth reading.
            if (!connection.wire().isOpen() || !answerWaits(connection)) {
                throw broken(connection, "before it had the request", e);
            }
            trying.sent();
        } catch (HttpException e) {
            throw new UpstreamFailure.Broken("The request cannot be sent on: " + e.getMessage(), e);
        }
    }

    private void write(
            UpstreamConnection connection, Call call, UpstreamKeys.Turn turn, AttemptTrace trying)
            throws IOException, HttpException {
        Stage stage = Stage.begun();
        BasicClassicHttpRequest request = request(call, turn, trying);
        connection.wire().sendRequestHeader(request);
        connection.wire().sendRequestEntity(request);
        connection.wire().flush();
        stage.done(Stage.SEND, call.id());
    }

    private static boolean answerWaits(UpstreamConnection connection) {
        try {
            return connection.wire().isDataAvailable(Timeout.ofMilliseconds(100));
        } catch (IOException e) {
            return false;
        }
    }

    private BasicClassicHttpRequest request(
            Call call, UpstreamKeys.Turn turn, AttemptTrace trying) {
        String path = config.basePath() + call.target().path().substring("/v1".length());
        String query = call.target().query();
        BasicClassicHttpRequest request =
                new BasicClassicHttpRequest(
                        call.method(), query == null ? path : path + "?" + query);
        request.addHeader("host", config.authority());
        TraceContext context = call.context();
        RelayedHeaders.ofRequest(call.headers(), context.continued()).forEach(request::addHeader);
        request.addHeader(
                "traceparent",
                context.traceparent(TraceContext.spanId(call.id(), trying.number())));
        if (askedProxy != null) {
            request.setPath("http://" + config.authority() + request.getPath());
            if (askedProxy.authorization() != null) {
                request.addHeader("proxy-authorization", askedProxy.authorization());
            }
        }
        if (turn.authorization() != null) {
            request.addHeader("authorization", turn.authorization());
        }
        switch (call.body()) {
            case Body.None none -> {}
            case Body.TooLarge tooLarge ->
                    throw new IllegalStateException("a refused body was sent on");
            case Body.BrokenOff broken ->
                    throw new IllegalStateException("a broken body was sent on");
            case Body.Bytes held -> {
                request.addHeader("content-length", Integer.toString(held.bytes().length));
                request.setEntity(RequestEntity.of(held));
            }
            case Body.Passing passing -> {
                if (passing.length() >= 0) {
                    request.addHeader("content-length", Long.toString(passing.length()));
                } else {
                    request.addHeader("transfer-encoding", "chunked");
                }
                request.setEntity(RequestEntity.of(passing));
            }
        }
        return request;
    }

    private Reply receive(
            UpstreamConnection connection,
            Call call,
            UpstreamKeys.Turn turn,
            AttemptTrace trying,
            Deadline deadline)
            throws UpstreamFailure {
        ClassicHttpResponse response = head(connection, call, trying, deadline);
        turn.answered(response);
        @Nullable KeyMask keyMask = turn.mask();
        if (askedProxy != null && response.getCode() == 407) {
            throw new UpstreamFailure.NotReached(
                    "The upstream %s cannot be reached (it answered 407: it wants other credentials). %s."
                            .formatted(config.described(), config.advice()),
                    null);
        }
        AnswerBody body = new AnswerBody(connection, connections, call, trying, deadline, response);
        Headers headers = RelayedHeaders.ofAnswer(read(response.getHeaders()));
        HttpEntity entity = response.getEntity();
        if (entity == null || isBodiless(response.getCode())) {
            body.endWithoutContent();
            return new Reply.Whole(response.getCode(), headers, new byte[0]);
        }
        long length = entity.getContentLength();
        if (keyMask != null && response.getCode() >= 400) {
            return ErrorAnswer.of(
                    new Reply.Streamed(response.getCode(), headers, length, body), keyMask);
        }
        boolean events = call.mayBeAnsweredInEvents(response.getCode(), headers);
        if (length >= 0 && length <= WHOLE_BYTES && !events) {
            byte[] whole = body.readWhole((int) length);
            return new Reply.Whole(response.getCode(), headers, whole);
        }
        // An error may also come as an event of a stream that began well.
        boolean plainEvents = events && !headers.has("content-encoding");
        Source source = keyMask != null && plainEvents ? new MaskedSource(body, keyMask) : body;
        return new Reply.Streamed(response.getCode(), headers, length, source);
    }

    private ClassicHttpResponse head(
            UpstreamConnection connection, Call call, AttemptTrace trying, Deadline deadline)
            throws UpstreamFailure {
        connection.patience(deadline.patience(config.firstByte()));
        long began = call.trace().now();
        Stage stage = Stage.begun();
        try {
            ClassicHttpResponse response = connection.wire().receiveResponseHeader();
            while (response != null && response.getCode() < 200) {
                response = connection.wire().receiveResponseHeader();
            }
            if (response == null) {
                throw new IOException("it closed the connection");
            }
            if (!call.method().equals("HEAD") && !isBodiless(response.getCode())) {
                connection.wire().receiveResponseEntity(response);
            }
            Header id = response.getFirstHeader("x-request-id");
            trying.answered(response.getCode(), id == null ? null : id.getValue());
            if (connection.endPatience()) {
                throw deadline.timedOut(Timer.FIRST_BYTE, config.firstByte());
            }
            return response;
        } catch (UpstreamFailure failure) {
            throw failure;
        } catch (IOException e) {
            if (connection.endPatience()) {
                throw deadline.timedOut(Timer.FIRST_BYTE, config.firstByte());
            }
            throw broken(connection, "before it answered", e);
        } catch (HttpException e) {
            throw new UpstreamFailure.Broken(
                    "The upstream '%s' sent something that is not HTTP.".formatted(config.name()),
                    e);
        } finally {
            call.trace().waited(call.trace().now() - began);
            stage.done(Stage.AWAIT, call.id());
        }
    }

    /**
     * A kept connection that was closed under us carried nothing: the request can be sent again
     * safely.
     */
    private UpstreamFailure broken(UpstreamConnection connection, String when, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String message =
                "The upstream %s broke the connection %s (%s)."
                        .formatted(config.described(), when, reason);
        return connection.wasReused()
                ? new UpstreamFailure.NotReached(message, e)
                : new UpstreamFailure.Broken(message, e);
    }

    /** RFC 9110, sections 15.3.5 and 15.4.5: such an answer ends with its head. */
    private static boolean isBodiless(int status) {
        return status == 204 || status == 304;
    }

    private static Headers read(Header[] fields) {
        String[] flat = new String[2 * fields.length];
        for (int i = 0; i < fields.length; i++) {
            flat[2 * i] = fields[i].getName();
            String value = fields[i].getValue();
            flat[2 * i + 1] = value == null ? "" : value;
        }
        return Headers.of(flat);
    }
}
