package io.weir.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A small HTTP proxy: opens tunnels and sends requests on, to loopback whatever their host's name,
 * for whoever shows the user {@code u} with the password {@code p@ss}.
 */
public final class LoopbackProxy implements Closeable {
    private static final String CREDENTIALS =
            "Basic "
                    + Base64.getEncoder()
                            .encodeToString("u:p@ss".getBytes(StandardCharsets.ISO_8859_1));

    private final ServerSocket socket;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** A proxy on a free port. */
    public LoopbackProxy() throws IOException {
        socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("loopback-proxy").start(this::accept);
    }

    /** Its address. */
    public String authority() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** The start lines of the requests so far. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Wire wire = new Wire(client);
            while (true) {
                String head = wire.head();
                String[] start = head.lines().findFirst().orElseThrow().split(" ", 3);
                asked.add(start[0] + " " + start[1]);
                Message request = new Message(head, "");
                if (!request.field("proxy-authorization").equals(CREDENTIALS)) {
                    wire.say("HTTP/1.1 407 Who\r\ncontent-length: 0\r\n\r\n");
                } else if (start[0].equals("CONNECT")) {
                    tunnel(wire, client, start[1]);
                    return;
                } else {
                    sendOn(wire, request, start);
                }
            }
        } catch (IOException gone) {
            // one of both closed its connection
        }
    }

    private static void tunnel(Wire wire, Socket client, String authority) throws IOException {
        int port = Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
        try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
            wire.say("HTTP/1.1 200 Connection established\r\n\r\n");
            InputStream in = client.getInputStream();
            Thread.ofVirtual().start(() -> copy(in, target));
            target.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static void copy(InputStream in, Socket target) {
        try {
            in.transferTo(target.getOutputStream());
            target.shutdownOutput();
        } catch (IOException gone) {
            // one of both closed its connection
        }
    }

    private static void sendOn(Wire wire, Message request, String[] start) throws IOException {
        URI uri = URI.create(start[1]);
        String body = wire.exactly(Integer.parseInt("0" + request.field("content-length")));
        String fields =
                request.head()
                        .lines()
                        .skip(1)
                        .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("proxy-"))
                        .collect(Collectors.joining("\r\n"));
        try (Wire target = new Wire(new Socket(InetAddress.getLoopbackAddress(), uri.getPort()))) {
            target.say(
                    "%s %s HTTP/1.1\r\n%s\r\n\r\n%s"
                            .formatted(start[0], uri.getRawPath(), fields, body));
            Message answer = target.message();
            wire.say(answer.head() + "\r\n\r\n" + answer.body());
        }
    }
}
