package io.weir.http;

import io.weir.access.Actor;
import io.weir.call.Call;
import io.weir.call.ClientGoneException;
import io.weir.call.UpstreamFailure;
import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One request, and the place for its answer. Belongs to its connection's thread; {@link
 * #clientLeft} and {@link #tooSlow} are called by others.
 */
public final class Exchange {
    /**
     * What is left of a request's body after its answer is read away up to here, so that the
     * connection can be kept.
     */
    private static final int MAX_LEFTOVER_BYTES = 65_536;

    /**
     * A body that comes slower than this is given up; a phone on a bad line still sends ten times
     * as much.
     */
    private static final int MIN_BODY_BYTES_PER_SECOND = 1_024;

    private final DefaultBHttpServerConnection wire;
    private final Socket socket;
    private final ServerConfig config;
    private final ClassicHttpRequest request;
    private final Headers headers;
    private final Call.Target target;
    private final long startedNanos = System.nanoTime();
    private final RequestBody body;
    private final AtomicReference<@Nullable Runnable> whenClientLeaves = new AtomicReference<>();
    private volatile long writingSince;
    private volatile boolean clientLeft;
    private @Nullable Actor actor;
    private boolean answered;
    private boolean keep;

    Exchange(
            DefaultBHttpServerConnection wire,
            Socket socket,
            ClassicHttpRequest request,
            ServerConfig config)
            throws IOException {
        this.wire = wire;
        this.socket = socket;
        this.config = config;
        this.request = request;
        this.headers = read(request.getHeaders());
        this.target = Call.Target.of(request.getPath());
        this.body = new RequestBody(wire, request.getEntity(), expectsContinue());
        this.keep = keepsAlive();
    }

    /** The HTTP method. */
    public String method() {
        return request.getMethod();
    }

    /** The request target, as sent. */
    public Call.Target target() {
        return target;
    }

    /** The request's fields. */
    public Headers headers() {
        return headers;
    }

    /** The address the request came from. */
    public SocketAddress client() {
        return socket.getRemoteSocketAddress();
    }

    /**
     * Who asks, on a route that wants to know by a key.
     *
     * @throws IllegalStateException on another route
     */
    public Actor actor() {
        Actor known = actor;
        if (known == null) {
            throw new IllegalStateException("nobody was asked who they are: " + target.path());
        }
        return known;
    }

    void actor(Actor known) {
        actor = known;
    }

    /** The length of the body in bytes: 0 where there is none, -1 where the client did not say. */
    public long bodyLength() {
        HttpEntity entity = request.getEntity();
        return entity == null ? 0 : entity.getContentLength();
    }

    /** The body; a client that waits to be asked for it is asked at the first read. */
    public InputStream body() {
        return body;
    }

    /**
     * Runs {@code action}, on another thread, when the client goes away before its answer is
     * complete.
     */
    public void whenClientLeaves(Runnable action) {
        whenClientLeaves.set(action);
        if (clientLeft) {
            clientLeft();
        }
    }

    /**
     * Answers with a body that is wholly here.
     *
     * @throws ClientGoneException when it cannot be written
     */
    public void answer(int status, Headers fields, byte[] content) throws ClientGoneException {
        answered = true;
        keep = keep && body.endsWithin(MAX_LEFTOVER_BYTES);
        begin();
        try {
            write(wire, status, closing(fields), bodiless(status) ? null : content);
        } catch (IOException e) {
            throw gone(e);
        } finally {
            writingSince = 0;
        }
    }

    /** Answers with an error of Weir's own, and closes the connection after it. */
    public void refuse(ApiError error) throws ClientGoneException {
        keep = false;
        answer(error.status(), Headers.of("content-type", "application/json"), error.json());
    }

    /**
     * Answers with a body that is still coming.
     *
     * @param length of the body in bytes, -1 to send it in chunks
     * @param pump writes it
     * @throws ClientGoneException when it cannot be written
     */
    public void stream(int status, Headers fields, long length, Pump pump)
            throws ClientGoneException {
        answered = true;
        keep = keep && body.endsWithin(MAX_LEFTOVER_BYTES);
        try {
            BasicClassicHttpResponse response = response(status, closing(framed(fields, length)));
            begin();
            wire.sendResponseHeader(response);
            if (!bodiless(status)) {
                response.setEntity(new PumpedEntity(pump, this, length));
                wire.sendResponseEntity(response);
            }
            wire.flush();
        } catch (UpstreamFailure alreadyTold) {
            keep = false;
        } catch (IOException e) {
            throw gone(e);
        } catch (HttpException e) {
            throw gone(new IOException("the answer's head cannot be written", e));
        } finally {
            writingSince = 0;
        }
    }

    /** Whether the client has been seen to have gone. */
    public boolean hasClientLeft() {
        return clientLeft;
    }

    void begin() {
        writingSince = System.nanoTime();
    }

    void paused() {
        writingSince = 0;
    }

    /**
     * The connection is useless from here on: what follows would be read as part of this answer.
     */
    void cut() {
        keep = false;
        wire.close(CloseMode.GRACEFUL);
    }

    boolean finish() throws IOException {
        if (!answered) {
            throw new IllegalStateException(method() + " " + target.path() + " was not answered");
        }
        return keep && body.discard(MAX_LEFTOVER_BYTES);
    }

    boolean hasWholeBody() {
        return body.ended();
    }

    long startedNanos() {
        return startedNanos;
    }

    boolean wantsWatch() {
        return whenClientLeaves.get() != null && body.ended();
    }

    void clientLeft() {
        clientLeft = true;
        Runnable action = whenClientLeaves.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    boolean tooSlow(long now) {
        long writing = writingSince;
        if (writing != 0 && now - writing > config.writeTimeout().toNanos()) {
            return true;
        }
        long reading = body.readingSince();
        long allowed = TimeUnit.SECONDS.toNanos(body.bytes() / MIN_BODY_BYTES_PER_SECOND);
        return reading != 0 && now - reading > config.idleTimeout().toNanos() + allowed;
    }

    private ClientGoneException gone(IOException e) {
        keep = false;
        return e instanceof ClientGoneException already ? already : new ClientGoneException(e);
    }

    private boolean bodiless(int status) {
        return method().equals("HEAD") || status == 204 || status == 304 || status < 200;
    }

    private Headers closing(Headers fields) {
        return keep ? fields : fields.and("connection", "close");
    }

    private Headers framed(Headers fields, long length) {
        if (method().equals("HEAD")) {
            return fields;
        }
        Headers plain = fields.without(Exchange::frames);
        if (length >= 0) {
            return plain.and("content-length", Long.toString(length));
        }
        if (version().lessEquals(HttpVersion.HTTP_1_0)) {
            keep = false;
            return plain;
        }
        return plain.and("transfer-encoding", "chunked");
    }

    private boolean keepsAlive() {
        String connection = headers.first("connection").orElse("");
        if (version().lessEquals(HttpVersion.HTTP_1_0)) {
            return false;
        }
        return !connection.regionMatches(true, 0, "close", 0, 5);
    }

    private boolean expectsContinue() {
        return headers.first("expect")
                .map(value -> value.equalsIgnoreCase("100-continue"))
                .orElse(false);
    }

    private ProtocolVersion version() {
        ProtocolVersion version = request.getVersion();
        return version == null ? HttpVersion.HTTP_1_1 : version;
    }

    static void write(
            DefaultBHttpServerConnection wire,
            int status,
            Headers fields,
            byte @Nullable [] content)
            throws IOException {
        Headers framed =
                content == null
                        ? fields
                        : fields.without(Exchange::frames)
                                .and("content-length", Integer.toString(content.length));
        BasicClassicHttpResponse response = response(status, framed);
        try {
            wire.sendResponseHeader(response);
            if (content != null) {
                response.setEntity(new BytesEntity(content));
                wire.sendResponseEntity(response);
            }
            wire.flush();
        } catch (HttpException e) {
            throw new IOException("the answer's head cannot be written", e);
        }
    }

    private static boolean frames(String name) {
        return name.equalsIgnoreCase("content-length")
                || name.equalsIgnoreCase("transfer-encoding");
    }

    private static BasicClassicHttpResponse response(int status, Headers fields) {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(status);
        fields.forEach(response::addHeader);
        return response;
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
