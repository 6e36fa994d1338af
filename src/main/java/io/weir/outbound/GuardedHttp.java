package io.weir.outbound;

import io.weir.turn.Courtesy;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Posts to, puts to and gets from a server that an operator has named, by a {@link GuardedDial};
 * redirects are not followed. Belongs to one thread.
 */
public final class GuardedHttp implements Closeable {
    /** What is sent once is not worth the usual level, which takes twice the CPU of this one. */
    public static final int GZIP_LEVEL = 3;

    /** Takes about a tenth of a millisecond. */
    private static final int GZIP_BYTES = 8 << 10;

    private final HttpSettings settings;
    private final HttpTarget target;
    private final GuardedDial dial;
    private final InstantSource clock;
    private @Nullable GuardedConnection connection;

    /**
     * Nothing is looked up or connected to until something is posted.
     *
     * @throws IllegalArgumentException if the settings cannot be used; it shows no URL
     */
    public GuardedHttp(HttpSettings settings, Resolver resolver, InstantSource clock) {
        this.settings = settings;
        AllowedHosts allowed = new AllowedHosts(settings.allow());
        this.target = HttpTarget.of(settings.url(), allowed);
        this.dial = new GuardedDial(allowed, settings.certificates(), resolver);
        this.clock = clock;
    }

    /** Where it posts to. */
    public HttpTarget target() {
        return target;
    }

    /**
     * Posts, and tells what was answered.
     *
     * @throws HttpFailure if nothing was answered, or a redirect; whether the server has the post
     *     may then be unknown
     */
    public HttpAnswer post(HttpPost post) throws HttpFailure, InterruptedException {
        return exchange(request("POST", post), GuardedConnection.ANSWER_BYTES);
    }

    /** The same with another method. */
    public HttpAnswer put(HttpPost put) throws HttpFailure, InterruptedException {
        return exchange(request("PUT", put), GuardedConnection.ANSWER_BYTES);
    }

    /**
     * Gets.
     *
     * @param path with its query; it and the fields may hold a secret and are not shown
     * @param mostBytes of the answer's body that are read; one of that length may have more
     * @throws HttpFailure if nothing was answered, or a redirect
     */
    public HttpAnswer get(String path, Map<String, String> fields, int mostBytes)
            throws HttpFailure, InterruptedException {
        return exchange(request("GET", path, fields), mostBytes);
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private HttpAnswer exchange(ClassicHttpRequest request, int mostBytes)
            throws HttpFailure, InterruptedException {
        long deadline = System.nanoTime() + settings.whole().toNanos();
        GuardedConnection ready = ready(deadline);
        HttpAnswer answer;
        try {
            answer = ready.exchange(request, left(deadline), clock.instant(), mostBytes);
        } catch (HttpException e) {
            close();
            throw new HttpFailure("%s answered something that is not HTTP.".formatted(target));
        } catch (IOException e) {
            close();
            throw GuardedDial.failure(target, "did not answer", e);
        }
        if (answer.status() >= 300 && answer.status() < 400) {
            throw new HttpFailure(
                    "%s answered %d, a redirect, which is never followed: give the url it leads to."
                            .formatted(target, answer.status()));
        }
        return answer;
    }

    private GuardedConnection ready(long deadline) throws HttpFailure, InterruptedException {
        if (connection == null || !connection.lives()) {
            close();
            GuardedDial.Connection dialed = dial.connect(target, connectTime(deadline));
            try {
                connection = GuardedConnection.upon(dialed);
            } catch (IOException e) {
                throw GuardedDial.failure(target, "cannot be reached", e);
            }
        }
        return connection;
    }

    private ClassicHttpRequest request(String method, HttpPost post) {
        byte[] body = settings.gzip() ? gzipped(post.body()) : post.body();
        ClassicHttpRequest request = request(method, post.path(), post.fields());
        if (settings.gzip()) {
            request.addHeader("content-encoding", "gzip");
        }
        request.addHeader("content-length", Integer.toString(body.length));
        request.setEntity(inPieces(body));
        return request;
    }

    /** Written so that an early answer is looked for in between. */
    private static HttpEntity inPieces(byte[] body) {
        return new EntityTemplate(
                body.length,
                null,
                null,
                out -> {
                    int piece = GuardedConnection.LOOK_EVERY_BYTES;
                    for (int from = 0; from < body.length; from += piece) {
                        out.write(body, from, Math.min(piece, body.length - from));
                    }
                });
    }

    private ClassicHttpRequest request(String method, String path, Map<String, String> fields) {
        BasicClassicHttpRequest request = new BasicClassicHttpRequest(method, path);
        request.addHeader("host", target.authority());
        request.addHeader("user-agent", "weir");
        fields.forEach(request::addHeader);
        return request;
    }

    private Duration connectTime(long deadline) {
        Duration left = left(deadline);
        return left.compareTo(settings.connect()) < 0 ? left : settings.connect();
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream to) throws IOException {
            super(to, GZIP_BYTES);
            def.setLevel(GZIP_LEVEL);
        }
    }

    static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream out = new Gzip(packed)) {
            for (int from = 0; from < plain.length; from += GZIP_BYTES) {
                Courtesy.letOthersGo();
                out.write(plain, from, Math.min(GZIP_BYTES, plain.length - from));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return packed.toByteArray();
    }
}
