package io.weir.export;

import io.weir.outbound.Certificate;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Troubles;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server of counted syslog messages that may cut connections, or never read them. */
final class SyslogDouble implements Closeable {
    private static final Pattern ID = Pattern.compile(" id=\"([-0-9a-f]{36})\"");

    /** What becomes of a connection. */
    enum Trouble {
        /** It is reset after three messages. */
        CUT,
        /** All is read, and the connection is reset: the confirmation is lost. */
        CONFIRMATION_LOST,
        /** All is read, and the connection stays open. */
        NEVER_CLOSED
    }

    private final ServerSocket listening;
    private final Optional<Certificate> certificate;
    private final Troubles<Trouble> troubles = new Troubles<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    private final Consumer<String> taken;
    private final Thread acceptor;

    private SyslogDouble(ServerSocket listening, Optional<Certificate> certificate) {
        this.listening = listening;
        this.taken = received::add;
        this.certificate = certificate;
        this.acceptor = Thread.ofVirtual().start(this::listen);
    }

    /** Remembers nothing, and tells the calls that it was sent. */
    SyslogDouble(int port, Consumer<UUID> taken) throws IOException {
        this.listening = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        this.taken = message -> ids(message).forEach(taken);
        this.certificate = Optional.empty();
        this.acceptor = Thread.ofVirtual().start(this::listen);
    }

    static SyslogDouble plain() throws IOException {
        return new SyslogDouble(
                new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), Optional.empty());
    }

    static SyslogDouble tls(Certificate certificate) throws Exception {
        return new SyslogDouble(
                certificate
                        .context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 10, InetAddress.getLoopbackAddress()),
                Optional.of(certificate));
    }

    /** What becomes of the next connections, in this order. */
    void next(Trouble... next) {
        troubles.next(List.of(next));
    }

    List<String> received() {
        return received;
    }

    List<UUID> ids() {
        return received.stream().flatMap(SyslogDouble::ids).toList();
    }

    int connections() {
        return connections.get();
    }

    HttpSettings settings(Duration whole) {
        String scheme = certificate.isPresent() ? "tls" : "tcp";
        return new HttpSettings(
                URI.create("%s://127.0.0.1:%d".formatted(scheme, listening.getLocalPort())),
                List.of("127.0.0.1"),
                certificate.map(Certificate::pem),
                Duration.ofSeconds(20),
                whole,
                false);
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        listening.close();
        try {
            // While a thread waits for connections they are still taken.
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void serve(Socket socket) {
        connections.incrementAndGet();
        Trouble trouble = troubles.poll();
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; trouble != Trouble.CUT || i < 3; i++) {
                Optional<String> message = message(in);
                if (message.isEmpty()) {
                    break;
                }
                taken.accept(message.get());
            }
            if (trouble == Trouble.NEVER_CLOSED) {
                over.await();
            }
            if (trouble != null) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException | InterruptedException e) {
            // The other side went away.
        }
    }

    private static Stream<UUID> ids(String message) {
        return ID.matcher(message).results().limit(1).map(found -> UUID.fromString(found.group(1)));
    }

    private static Optional<String> message(InputStream in) throws IOException {
        int length = 0;
        for (int digit = in.read(); digit != ' '; digit = in.read()) {
            if (digit < 0 && length == 0) {
                return Optional.empty();
            }
            if (digit < '0' || digit > '9') {
                throw new EOFException("no count: " + digit);
            }
            length = length * 10 + digit - '0';
        }
        byte[] message = in.readNBytes(length);
        if (message.length < length) {
            throw new EOFException();
        }
        return Optional.of(new String(message, StandardCharsets.UTF_8));
    }
}
