package io.weir.emulator;

import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/** Gives an answer its time, its headers and its faults. Any thread may use it. */
final class Delivery {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream; charset=utf-8";
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final EmulatorConfig config;
    private final ReplyHeaders headers;
    private final AtomicLong seeds;

    Delivery(EmulatorConfig config, ReplyHeaders headers, long seed) {
        this.config = config;
        this.headers = headers;
        this.seeds = new AtomicLong(seed);
    }

    /** The script of an answer. */
    Emulation of(Answer answer, Behaviour.Answers manner) {
        return switch (answer) {
            case Answer.Refused refused -> error(refused.error());
            case Answer.Whole whole -> whole(whole, manner);
            case Answer.Streamed streamed -> streamed(streamed, manner);
        };
    }

    /** The script of a document that needs no model, sent at once. */
    Emulation document(byte[] json) {
        Headers all = headers.api(JSON, Duration.ZERO, 0);
        return new Emulation(200, all, Duration.ZERO, new Emulation.Whole(json));
    }

    /** The script of an error. */
    Emulation error(ApiError error) {
        return failure(Behaviour.error(error));
    }

    /** The script of a failure. */
    Emulation failure(Behaviour.Fails failure) {
        return new Emulation(
                failure.status(),
                headers.failure(failure),
                Duration.ZERO,
                new Emulation.Whole(failure.body()));
    }

    private Emulation whole(Answer.Whole answer, Behaviour.Answers manner) {
        if (manner.fault() == Fault.ERROR) {
            return error(EmulatedErrors.SERVER);
        }
        Pace pace = pace();
        Duration wait = pace.first().plus(pace.next(answer.steps())).plus(manner.delay());
        Headers all = headers.api(JSON, wait, answer.usage().total());
        return new Emulation(200, all, wait, body(answer.json(), manner.fault()));
    }

    private static Emulation.Body body(byte[] json, Fault fault) {
        return switch (fault) {
            case NONE, ERROR, CRLF -> new Emulation.Whole(json);
            case MALFORMED -> new Emulation.Whole(BentEvents.half(json));
            case DROPPED ->
                    new Emulation.Torn(BentEvents.half(json), json.length, new Emulation.Dropped());
            case STALLED ->
                    new Emulation.Torn(
                            BentEvents.half(json), json.length, new Emulation.Stalled(SILENCE));
        };
    }

    private Emulation streamed(Answer.Streamed answer, Behaviour.Answers manner) {
        Pace pace = pace();
        Duration wait = pace.first().plus(pace.next(answer.thought())).plus(manner.delay());
        Headers all =
                headers.api(EVENTS, wait, answer.usage().total()).and("Cache-Control", "no-cache");
        Iterator<Answer.Event> events =
                manner.fault() == Fault.NONE
                        ? answer.events()
                        : new BentEvents(answer, manner.fault());
        Emulation.End end =
                switch (manner.fault()) {
                    case NONE, MALFORMED, ERROR, CRLF -> new Emulation.Clean();
                    case DROPPED -> new Emulation.Dropped();
                    case STALLED -> new Emulation.Stalled(SILENCE);
                };
        Emulation.Body body = new Emulation.Stream(new PacedSteps(events, pace), end);
        return new Emulation(200, all, wait, body);
    }

    private Pace pace() {
        return new Pace(config, seeds.getAndIncrement());
    }

    /** Events with their waits. */
    private record PacedSteps(Iterator<Answer.Event> events, Pace pace)
            implements Iterator<Emulation.Step> {
        @Override
        public boolean hasNext() {
            return events.hasNext();
        }

        @Override
        public Emulation.Step next() {
            Answer.Event event = events.next();
            return new Emulation.Step(event.paced() ? pace.next() : Duration.ZERO, event.bytes());
        }
    }
}
