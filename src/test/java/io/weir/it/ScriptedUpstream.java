package io.weir.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream that speaks exactly the bytes a test gives it, and so can fail in every way. Its
 * script runs for each connection on a thread of that connection; the connection closes when the
 * script returns.
 */
public final class ScriptedUpstream implements Closeable {
    private final ServerSocket socket;
    private final Thread accepting;
    private final List<Message> requests = new CopyOnWriteArrayList<>();
    private final List<Wire> wires = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script script = peer -> {};

    /** What an upstream does with a connection. */
    @FunctionalInterface
    public interface Script {
        /** Runs to the connection's end. */
        void serve(Peer peer) throws IOException;
    }

    /** A gateway's connection to this upstream. */
    public final class Peer {
        private final Wire wire;
        private final int number;

        Peer(Wire wire, int number) {
            this.wire = wire;
            this.number = number;
        }

        /** The connection. */
        public Wire wire() {
            return wire;
        }

        /** 1 for the first connection. */
        public int number() {
            return number;
        }

        /** Reads the next request and remembers it. */
        public Message request() throws IOException {
            Message request = wire.message();
            requests.add(request);
            return request;
        }

        /** Reads the head of the next request and remembers it. */
        public Message requestHead() throws IOException {
            Message request = wire.headOnly();
            requests.add(request);
            return request;
        }
    }

    /** An upstream on a free port, without a script. */
    public ScriptedUpstream() throws IOException {
        socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        accepting = Thread.ofVirtual().name("scripted-upstream").start(this::accept);
    }

    /** Serves connections that come from now on by that script. */
    public ScriptedUpstream does(Script next) {
        script = next;
        return this;
    }

    /** Answers every request with those bytes, on connections that are kept. */
    public ScriptedUpstream says(String answer) {
        return does(peer -> {
            while (true) {
                peer.request();
                peer.wire().say(answer);
            }
        });
    }

    /** Answers every request with that JSON. */
    public ScriptedUpstream answers(String json) {
        return says(json(json));
    }

    /** A whole answer in JSON. */
    public static String json(String json) {
        return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                .formatted(json.length(), json);
    }

    /** What a stream of events begins with. */
    public static String eventsHead() {
        return "HTTP/1.1 200 OK\r\n"
                + "content-type: text/event-stream\r\n"
                + "transfer-encoding: chunked\r\n\r\n";
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    /** The requests so far. */
    public List<Message> requests() {
        return List.copyOf(requests);
    }

    /** The request that came last. */
    public Message lastRequest() {
        return requests.getLast();
    }

    /** Connections so far. */
    public int connections() {
        return connections.get();
    }

    /** Says those bytes on every connection there is. */
    public void toAll(String bytes) throws IOException {
        for (Wire wire : wires) {
            wire.say(bytes);
        }
    }

    /** Closes every connection there is. */
    public void hangUp() throws IOException {
        for (Wire wire : wires) {
            wire.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        awaitNobodyAccepts();
        hangUp();
    }

    /**
     * Only then does the kernel refuse who comes: the one that waits keeps the socket until it
     * sees.
     */
    private void awaitNobodyAccepts() {
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                Wire wire = new Wire(accepted);
                wires.add(wire);
                Peer peer = new Peer(wire, connections.incrementAndGet());
                Thread.ofVirtual().start(() -> serve(peer));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Peer peer) {
        try (Wire wire = peer.wire()) {
            script.serve(peer);
            wire.halfClose();
        } catch (IOException gone) {
            // the gateway closed the connection, or the script did
        }
    }
}
