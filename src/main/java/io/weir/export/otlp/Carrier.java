package io.weir.export.otlp;

import io.weir.export.Sent;
import java.io.Closeable;

/** Carries messages to an OTLP server, by HTTP or gRPC. Belongs to one thread. */
interface Carrier extends Closeable {
    /** Carries one, and tells what was answered. */
    Carried carry(Signal signal, byte[] message) throws InterruptedException;

    @Override
    void close();

    /** What became of a message. */
    sealed interface Carried {
        /** The server has it, but for what it says it has not. */
        record Taken(Signal.Partial partial) implements Carried {}

        /** The server has not got it. */
        record NotTaken(Sent why) implements Carried {}
    }
}
