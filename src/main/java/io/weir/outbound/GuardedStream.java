package io.weir.outbound;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a server that an operator has named and that answers nothing, by a {@link GuardedDial}.
 * Belongs to one thread.
 */
public final class GuardedStream implements Closeable {
    private final HttpSettings settings;
    private final HttpTarget target;
    private final GuardedDial dial;
    private GuardedDial.@Nullable Connection connection;

    /**
     * Nothing is looked up or connected to until something is written.
     *
     * @throws IllegalArgumentException if the settings cannot be used
     */
    public GuardedStream(HttpSettings settings, Scheme scheme, Resolver resolver) {
        AllowedHosts allowed = new AllowedHosts(settings.allow());
        this.settings = settings;
        this.target = HttpTarget.of(settings.url(), scheme, allowed);
        this.dial = new GuardedDial(allowed, settings.certificates(), resolver);
    }

    /**
     * Writes to the connection that is kept, or to a new one where the server has closed that. What
     * is written may still be lost: it is in the hands of two kernels and of whoever stands in
     * between.
     *
     * @throws HttpFailure where not all of it was taken
     */
    public void write(byte[] bytes) throws HttpFailure, InterruptedException {
        try {
            within(ready(), socket -> socket.getOutputStream().write(bytes));
        } catch (IOException e) {
            throw failure("did not take what was sent", e);
        }
    }

    /**
     * Says that no more will come to the connection that was written to, and waits until the server
     * closes the connection in order: then it has read all that was written. One that dies before
     * that resets the connection.
     *
     * @throws HttpFailure where it does not; how much it has read is then unknown
     */
    public void finish() throws HttpFailure, InterruptedException {
        try {
            if (connection == null) {
                throw new EOFException();
            }
            within(connection, GuardedStream::readToTheEnd);
        } catch (IOException e) {
            throw failure("has not shown that it read what was sent", e);
        }
        close();
    }

    @Override
    public void close() {
        if (connection != null) {
            close(connection.socket());
            close(connection.transport());
            connection = null;
        }
    }

    private GuardedDial.Connection ready() throws HttpFailure, InterruptedException {
        if (connection != null && !lives(connection.socket())) {
            close();
        }
        if (connection == null) {
            connection = dial.connect(target, settings.connect());
        }
        return connection;
    }

    @FunctionalInterface
    private interface Act {
        void on(Socket socket) throws IOException;
    }

    private void within(GuardedDial.Connection ready, Act act) throws IOException {
        Duration patience = settings.whole();
        try (Alarm alarm = new Alarm(ready.transport(), patience)) {
            try {
                act.on(ready.socket());
            } catch (IOException e) {
                throw alarm.rung() ? Alarm.timedOut(patience) : e;
            }
        }
    }

    private HttpFailure failure(String what, IOException e) throws InterruptedException {
        close();
        return e instanceof HttpFailure known ? known : GuardedDial.failure(target, what, e);
    }

    private static void readToTheEnd(Socket socket) throws IOException {
        socket.setSoTimeout(0);
        socket.shutdownOutput();
        byte[] ignored = new byte[1_024];
        while (socket.getInputStream().read(ignored) >= 0) {
            // Whatever a server says, only that it reads to the end counts.
        }
    }

    /** Whether the server has neither closed nor reset it, as far as that has come here. */
    private static boolean lives(Socket socket) {
        byte[] ignored = new byte[1_024];
        try {
            socket.setSoTimeout(1);
            while (socket.getInputStream().read(ignored) >= 0) {
                // A server that talks is alive, and what it says is not for us.
            }
            throw new EOFException();
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }
}
