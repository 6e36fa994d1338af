package io.weir.outbound;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2RequesterBootstrap;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls with one message each way, by gRPC over HTTP/2, to a server that an operator has
 * named: to an address that was checked, as a {@link GuardedDial} does. Belongs to one thread.
 */
public final class GuardedGrpc implements Closeable {
    private static final ContentType GRPC = ContentType.create("application/grpc");

    private final HttpSettings settings;
    private final HttpTarget target;
    private final GuardedDial dial;
    private @Nullable HttpAsyncRequester requester;
    private @Nullable AsyncClientEndpoint connection;

    /**
     * Nothing is looked up or connected to until something is called.
     *
     * @throws IllegalArgumentException if the settings cannot be used; it shows no URL
     */
    public GuardedGrpc(HttpSettings settings, Resolver resolver) {
        this.settings = settings;
        AllowedHosts allowed = new AllowedHosts(settings.allow());
        this.target = HttpTarget.of(settings.url(), allowed);
        this.dial = new GuardedDial(allowed, settings.certificates(), resolver);
    }

    /**
     * Makes a call, and tells what was answered.
     *
     * @param call its path is {@code /PACKAGE.SERVICE/METHOD}, its body the message
     * @throws HttpFailure if nothing was answered; whether the server has the call may then be
     *     unknown
     */
    public GrpcAnswer call(HttpPost call) throws HttpFailure, InterruptedException {
        long deadline = System.nanoTime() + settings.whole().toNanos();
        AsyncClientEndpoint ready = ready(deadline);
        byte[] framed = framed(call.body());
        BasicRequestProducer request =
                new BasicRequestProducer(
                        head(call, deadline), new BasicAsyncEntityProducer(framed, GRPC));
        boolean answered = false;
        try {
            GrpcAnswer answer = within(deadline, ready.execute(request, new GrpcConsumer(), null));
            answered = true;
            return answer;
        } catch (IOException e) {
            throw GuardedDial.failure(target, "did not answer", e);
        } finally {
            if (!answered) {
                close();
            }
        }
    }

    @Override
    public void close() {
        connection = null;
        if (requester != null) {
            requester.close(CloseMode.IMMEDIATE);
            requester = null;
        }
    }

    private AsyncClientEndpoint ready(long deadline) throws HttpFailure, InterruptedException {
        if (connection != null && connection.isConnected()) {
            return connection;
        }
        close();
        HttpAsyncRequester fresh = requester(dial.context());
        requester = fresh;
        fresh.start();
        IOException last = new SocketException("it has no address");
        boolean connected = false;
        try {
            for (InetAddress address : dial.addresses(target)) {
                try {
                    AsyncClientEndpoint made = connect(fresh, address, deadline);
                    connection = made;
                    connected = true;
                    return made;
                } catch (IOException e) {
                    last = e;
                }
            }
            throw GuardedDial.failure(target, "cannot be reached", last);
        } finally {
            if (!connected) {
                close();
            }
        }
    }

    /** The address is part of what is connected to, so that nobody asks for it again. */
    private AsyncClientEndpoint connect(HttpAsyncRequester by, InetAddress address, long deadline)
            throws IOException, InterruptedException {
        Duration left = left(deadline);
        Duration patience = left.compareTo(settings.connect()) < 0 ? left : settings.connect();
        HttpHost host =
                new HttpHost(
                        target.tls() ? "https" : "http", address, target.host(), target.port());
        return within(
                System.nanoTime() + patience.toNanos(),
                by.connect(host, Timeout.ofMilliseconds(patience.toMillis())));
    }

    private HttpAsyncRequester requester(SSLContext tls) {
        HttpProcessor plain = HttpProcessorBuilder.create().build();
        return H2RequesterBootstrap.bootstrap()
                .setIOReactorConfig(
                        IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build())
                .setHttpProcessor(plain)
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                .setH2Config(H2Config.custom().setPushEnabled(false).build())
                .setTlsStrategy(
                        new H2ClientTlsStrategy(
                                tls, (endpoint, engine) -> GuardedDial.checkName(engine), null))
                .create();
    }

    private BasicHttpRequest head(HttpPost call, long deadline) {
        BasicHttpRequest head = new BasicHttpRequest("POST", call.path());
        head.setScheme(target.tls() ? "https" : "http");
        head.setAuthority(new URIAuthority(target.host(), target.port()));
        head.addHeader("te", "trailers");
        head.addHeader("content-type", GRPC.getMimeType());
        head.addHeader("user-agent", "weir");
        head.addHeader("grpc-timeout", left(deadline).toMillis() + "m");
        if (settings.gzip()) {
            head.addHeader("grpc-encoding", "gzip");
        }
        call.fields().forEach(head::addHeader);
        return head;
    }

    private byte[] framed(byte[] message) {
        byte[] sent = settings.gzip() ? GuardedHttp.gzipped(message) : message;
        return ByteBuffer.allocate(GrpcConsumer.PREFIX + sent.length)
                .put((byte) (settings.gzip() ? 1 : 0))
                .putInt(sent.length)
                .put(sent)
                .array();
    }

    private static <T> T within(long deadline, Future<T> future)
            throws IOException, InterruptedException {
        try {
            return future.get(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new SocketTimeoutException("nothing within the time there is");
        } catch (CancellationException e) {
            throw new SocketException("it was closed");
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case IOException io -> io;
                case HttpException http -> new IOException("it is not gRPC", http);
                case null, default -> new IOException("it broke off", e);
            };
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }
}
