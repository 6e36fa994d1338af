package io.weir.http;

import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.CallTrace;
import io.weir.call.Chain;
import io.weir.call.ClientGoneException;
import io.weir.call.Outcome;
import io.weir.call.Stage;
import io.weir.wire.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes a call of each request under {@code /v1/}, sends it down the chain, and relays the reply.
 */
public final class RelayHandler implements Handler {
    private final Chain chain;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Duration drain;
    private final ClientAddress clients;

    /**
     * A relay.
     *
     * @param ids UUIDv7
     * @param ticker nanoseconds of a monotonic clock
     * @param drain how long a call may go on when its client has gone away; zero to stop it at once
     * @param clients tells where they come from
     */
    public RelayHandler(
            Chain chain,
            Supplier<UUID> ids,
            InstantSource clock,
            LongSupplier ticker,
            Duration drain,
            ClientAddress clients) {
        this.chain = chain;
        this.ids = ids;
        this.clock = clock;
        this.ticker = ticker;
        this.drain = drain;
        this.clients = clients;
    }

    @Override
    public void handle(Exchange exchange) throws ClientGoneException {
        Stage whole = Stage.begun();
        Call call = call(exchange);
        exchange.whenClientLeaves(() -> left(call));
        try {
            Replies.write(call, chain.proceed(call), exchange);
        } finally {
            whole.done(Stage.CALL, call.id());
        }
    }

    private void left(Call call) {
        call.abort().clientLeft();
        if (drain.isZero()) {
            call.abort().raise(new Outcome.ClientGone());
        } else {
            Thread.ofVirtual().name("weir-drain").start(() -> stopLater(call));
        }
    }

    /** An upstream that says nothing more gives the draining no chance to look at its clock. */
    private void stopLater(Call call) {
        try {
            TimeUnit.NANOSECONDS.sleep(drain.toNanos());
            call.abort().raise(new Outcome.ClientGone());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Call call(Exchange exchange) {
        Body body =
                exchange.bodyLength() == 0
                        ? new Body.None()
                        : new Body.Passing(exchange.body(), exchange.bodyLength());
        CallTrace trace = new CallTrace(ticker, clock.instant());
        trace.client(clients.of(exchange.client(), exchange.headers()));
        return new Call(
                ids.get(),
                exchange.method(),
                exchange.target(),
                Endpoint.of(exchange.method(), exchange.target().path()),
                exchange.headers(),
                body,
                trace);
    }
}
