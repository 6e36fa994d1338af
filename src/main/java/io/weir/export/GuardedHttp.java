package io.weir.export;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Posts to a server that an operator has named, and to nothing behind it: an address is checked and
 * then connected to, without asking for it again in between; redirects are not followed; there is
 * no proxy. Belongs to its exporter's thread.
 */
final class GuardedHttp implements Closeable {
    private final HttpSettings settings;
    private final AllowedHosts allowed;
    private final HttpTarget target;
    private final SSLSocketFactory tls;
    private final Resolver resolver;
    private final InstantSource clock;
    private @Nullable GuardedConnection connection;

    /**
     * Nothing is looked up or connected to until something is posted.
     *
     * @throws IllegalArgumentException if the settings cannot be used; it shows no URL
     */
    GuardedHttp(HttpSettings settings, Resolver resolver, InstantSource clock) {
        this.settings = settings;
        this.allowed = new AllowedHosts(settings.allow());
        this.target = HttpTarget.of(settings.url(), allowed);
        this.tls = Trust.of(settings.certificates());
        this.resolver = resolver;
        this.clock = clock;
    }

    /** Where it posts to. */
    HttpTarget target() {
        return target;
    }

    /**
     * Posts, and tells what was answered.
     *
     * @throws HttpFailure if nothing was answered, or a redirect; whether the server has the post
     *     may then be unknown
     */
    HttpAnswer post(HttpPost post) throws HttpFailure, InterruptedException {
        long deadline = System.nanoTime() + settings.whole().toNanos();
        GuardedConnection ready = ready(deadline);
        HttpAnswer answer;
        try {
            answer = ready.exchange(request(post), left(deadline), clock.instant());
        } catch (HttpException e) {
            close();
            throw new HttpFailure("%s answered something that is not HTTP.".formatted(target));
        } catch (IOException e) {
            close();
            throw failure("did not answer", e);
        }
        if (answer.status() >= 300 && answer.status() < 400) {
            throw new HttpFailure(
                    "%s answered %d, a redirect, which is never followed: give the url it leads to."
                            .formatted(target, answer.status()));
        }
        return answer;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private GuardedConnection ready(long deadline) throws HttpFailure, InterruptedException {
        if (connection == null || !connection.lives()) {
            close();
            connection = open(deadline);
        }
        return connection;
    }

    private GuardedConnection open(long deadline) throws HttpFailure, InterruptedException {
        IOException last = new SocketException("it has no address");
        for (InetAddress address : addresses()) {
            try {
                return GuardedConnection.open(target, address, tls, connectTime(deadline));
            } catch (IOException e) {
                last = e;
            }
        }
        throw failure("cannot be reached", last);
    }

    private List<InetAddress> addresses() throws HttpFailure {
        InetAddress[] found;
        try {
            found = resolver.resolve(target.host());
        } catch (UnknownHostException e) {
            throw new HttpFailure(
                    "The name of %s cannot be resolved. Check url and the DNS.".formatted(target));
        }
        List<InetAddress> admitted =
                Stream.of(found).filter(one -> allowed.admit(target.host(), one)).toList();
        if (admitted.isEmpty()) {
            throw new HttpFailure(
                    "%s is at an address that is not public, and is not connected to. Name its host in allow if it is yours."
                            .formatted(target));
        }
        return admitted;
    }

    private ClassicHttpRequest request(HttpPost post) {
        byte[] body = settings.gzip() ? gzipped(post.body()) : post.body();
        BasicClassicHttpRequest request = new BasicClassicHttpRequest("POST", post.path());
        request.addHeader("host", target.authority());
        request.addHeader("user-agent", "weir");
        post.fields().forEach(request::addHeader);
        if (settings.gzip()) {
            request.addHeader("content-encoding", "gzip");
        }
        request.addHeader("content-length", Integer.toString(body.length));
        request.setEntity(new ByteArrayEntity(body, null));
        return request;
    }

    /** What went wrong, without the words of libraries that quote what the server sent. */
    private HttpFailure failure(String what, IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean own =
                e instanceof SocketException
                        || e instanceof SSLException
                        || e instanceof SocketTimeoutException;
        String reason = own ? e.getMessage() : "it broke off";
        return new HttpFailure("%s %s (%s).".formatted(target, what, reason));
    }

    private Duration connectTime(long deadline) {
        Duration left = left(deadline);
        return left.compareTo(settings.connect()) < 0 ? left : settings.connect();
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }

    private static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return packed.toByteArray();
    }
}
