package io.weir.outbound;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connects to a server that an operator has named, and to nothing behind its name: an address is
 * checked and then connected to, without asking for it again in between; there is no proxy.
 */
public final class GuardedDial {
    private final AllowedHosts allowed;
    private final SSLContext context;
    private final Resolver resolver;

    /**
     * Nothing is looked up or connected to yet.
     *
     * @param allow hosts, addresses and ranges beside the public internet
     * @param certificates a PEM file of authorities beside those that the JDK trusts
     * @throws IllegalArgumentException saying which of these cannot be used
     */
    public GuardedDial(List<String> allow, Optional<Path> certificates, Resolver resolver) {
        this(new AllowedHosts(allow), certificates, resolver);
    }

    GuardedDial(AllowedHosts allowed, Optional<Path> certificates, Resolver resolver) {
        this.allowed = allowed;
        this.context = Trust.of(certificates);
        this.resolver = resolver;
    }

    /**
     * What an operator's URL leads to.
     *
     * @throws IllegalArgumentException saying what to write instead, and never showing the URL
     */
    public HttpTarget target(URI url, Scheme scheme) {
        return HttpTarget.of(url, scheme, allowed);
    }

    /**
     * A connection.
     *
     * @param transport the TCP socket
     * @param socket to talk through: the same, or TLS upon it
     */
    public record Connection(Socket transport, Socket socket) {}

    /**
     * Connects by TCP, and by TLS upon it where the target says so, trying each address.
     *
     * @param patience for one address
     * @throws HttpFailure where that cannot be done, fit to be shown
     */
    public Connection connect(HttpTarget target, Duration patience)
            throws HttpFailure, InterruptedException {
        IOException last = new SocketException("it has no address");
        for (InetAddress address : addresses(target)) {
            try {
                return connect(target, address, patience);
            } catch (IOException e) {
                last = e;
            }
        }
        throw failure(target, "cannot be reached", last);
    }

    /** TLS upon a connection, with the target's name; the server's certificate is checked. */
    public Socket secured(HttpTarget target, Socket transport) throws IOException {
        SSLSocket secured =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(transport, target.host(), target.port(), true);
        secured.setSSLParameters(withName(secured.getSSLParameters()));
        secured.startHandshake();
        return secured;
    }

    /**
     * Makes TLS upon connections for those who begin in the clear. Whoever uses it checks that the
     * certificate is the target's: {@link #secured} does.
     */
    public SSLSocketFactory tls() {
        return context.getSocketFactory();
    }

    /**
     * The addresses of a host that may be connected to, for clients that connect by themselves.
     *
     * @param secured whether by TLS; without it the host has to be allowed by name
     * @throws UnknownHostException where there is none, fit to be shown
     */
    public InetAddress[] addresses(boolean secured, String host) throws UnknownHostException {
        String plain = AllowedHosts.plain(host);
        if (!secured && !allowed.name(plain)) {
            throw new UnknownHostException(
                    "'%s' is not named in allow, and is not connected to without TLS"
                            .formatted(plain));
        }
        List<InetAddress> admitted = admitted(plain);
        if (admitted.isEmpty()) {
            throw new UnknownHostException(
                    "'%s' is at an address that is not public, and is not connected to: name it in allow if it is yours"
                            .formatted(plain));
        }
        return admitted.toArray(InetAddress[]::new);
    }

    /** TLS for a client's end, for clients that connect by themselves; names are checked. */
    public SSLEngine engine(String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        checkName(engine);
        return engine;
    }

    /** What went wrong, without the words of libraries that quote what the server sent. */
    public static HttpFailure failure(HttpTarget target, String what, IOException e)
            throws InterruptedException {
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

    private Connection connect(HttpTarget target, InetAddress address, Duration patience)
            throws IOException {
        // A channel's socket, unlike others, ends its waits when its thread is interrupted.
        Socket transport = SocketChannel.open().socket();
        try (Alarm alarm = new Alarm(transport, patience)) {
            try {
                transport.setTcpNoDelay(true);
                transport.connect(new InetSocketAddress(named(target, address), target.port()));
                return new Connection(
                        transport, target.tls() ? secured(target, transport) : transport);
            } catch (IOException e) {
                transport.close();
                throw alarm.rung() ? Alarm.timedOut(patience) : e;
            }
        }
    }

    /** With its name, so that whoever asks the socket for it asks no DNS. */
    private static InetAddress named(HttpTarget target, InetAddress address)
            throws UnknownHostException {
        if (address instanceof Inet6Address six && six.getScopeId() > 0) {
            return Inet6Address.getByAddress(target.host(), address.getAddress(), six.getScopeId());
        }
        return InetAddress.getByAddress(target.host(), address.getAddress());
    }

    /** Whose certificates are believed. */
    SSLContext context() {
        return context;
    }

    /**
     * The addresses of a target that may be connected to.
     *
     * @throws HttpFailure where there is none, fit to be shown
     */
    List<InetAddress> addresses(HttpTarget target) throws HttpFailure {
        List<InetAddress> admitted;
        try {
            admitted = admitted(target.host());
        } catch (UnknownHostException e) {
            throw new HttpFailure(
                    "The name of %s cannot be resolved. Check url and the DNS.".formatted(target));
        }
        if (admitted.isEmpty()) {
            throw new HttpFailure(
                    "%s is at an address that is not public, and is not connected to. Name its host in allow if it is yours."
                            .formatted(target));
        }
        return admitted;
    }

    /** Has an end of TLS check that the server's certificate is of the server's name. */
    static void checkName(SSLEngine engine) {
        engine.setSSLParameters(withName(engine.getSSLParameters()));
    }

    private static SSLParameters withName(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** Those of a host's addresses that may be connected to. */
    private List<InetAddress> admitted(String host) throws UnknownHostException {
        return Stream.of(resolver.resolve(host)).filter(one -> allowed.admit(host, one)).toList();
    }
}
