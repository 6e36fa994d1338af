package io.weir.app;

import io.weir.call.ClientGoneException;
import io.weir.emulator.Emulation;
import io.weir.emulator.Emulator;
import io.weir.http.Exchange;
import io.weir.http.Handler;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays the emulator's answers to HTTP clients, at their pace, with their faults. */
public final class EmulatorHandler implements Handler {
    private static final int MAX_BODY_BYTES = 64 << 20;

    private final Emulator emulator;

    /** Serves that emulator. */
    public EmulatorHandler(Emulator emulator) {
        this.emulator = emulator;
    }

    @Override
    public void handle(Exchange exchange) throws ClientGoneException {
        Emulation answer =
                emulator.answer(
                        exchange.method(),
                        exchange.target().path(),
                        exchange.target().query(),
                        exchange.headers(),
                        read(exchange));
        CountDownLatch gone = new CountDownLatch(1);
        exchange.whenClientLeaves(gone::countDown);
        if (!pause(gone, answer.beforeHead())) {
            throw new ClientGoneException(new IOException("it left before its answer began"));
        }
        switch (answer.body()) {
            case Emulation.Whole whole ->
                    exchange.answer(answer.status(), answer.headers(), whole.bytes());
            case Emulation.Torn torn ->
                    exchange.stream(
                            answer.status(),
                            answer.headers(),
                            torn.promisedBytes(),
                            out -> {
                                write(out, torn.bytes());
                                end(torn.end(), gone);
                            });
            case Emulation.Stream stream ->
                    exchange.stream(
                            answer.status(), answer.headers(), -1, out -> play(stream, out, gone));
        }
    }

    private static byte[] read(Exchange exchange) throws ClientGoneException {
        try {
            return exchange.body().readNBytes(MAX_BODY_BYTES);
        } catch (ClientGoneException e) {
            throw e;
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    private static void play(Emulation.Stream stream, OutputStream out, CountDownLatch gone)
            throws IOException {
        while (stream.steps().hasNext()) {
            Emulation.Step step = stream.steps().next();
            if (!pause(gone, step.before())) {
                throw new IOException("the client left in the middle of its answer");
            }
            write(out, step.bytes());
        }
        end(stream.end(), gone);
    }

    private static void end(Emulation.End end, CountDownLatch gone) throws IOException {
        switch (end) {
            case Emulation.Clean clean -> {}
            case Emulation.Dropped dropped ->
                    throw new IOException("the connection is cut, as asked for");
            case Emulation.Stalled stalled -> {
                pause(gone, stalled.silence());
                throw new IOException("the connection is cut after a silence, as asked for");
            }
        }
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Waits; false if the client left meanwhile. */
    private static boolean pause(CountDownLatch gone, Duration time) {
        if (time.isZero()) {
            return true;
        }
        try {
            return !gone.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
