package io.weir.outbound;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes a socket when its time is up: what is read drop by drop, or never taken, is not ended by a
 * socket's own timer.
 */
public final class Alarm implements Closeable {
    private final AtomicBoolean settled = new AtomicBoolean();
    private final Thread clock;
    private volatile boolean rung;

    /** Set from now on. */
    public Alarm(Socket socket, Duration after) {
        clock = Thread.ofVirtual().name("outbound-alarm").start(() -> ring(socket, after));
    }

    /** Whether the socket was closed. */
    public boolean rung() {
        return rung;
    }

    /** Lets the socket be; never afterwards is it closed. */
    @Override
    public void close() {
        if (settled.compareAndSet(false, true)) {
            clock.interrupt();
        }
    }

    /** What a socket's failure means where the alarm has rung. */
    public static SocketTimeoutException timedOut(Duration after) {
        return new SocketTimeoutException("nothing within %d ms".formatted(after.toMillis()));
    }

    private void ring(Socket socket, Duration after) {
        try {
            Thread.sleep(after);
            if (settled.compareAndSet(false, true)) {
                rung = true;
                socket.close();
            }
        } catch (InterruptedException | IOException e) {
            // Nobody waits any more, or the socket is closed as it should be.
        }
    }
}
