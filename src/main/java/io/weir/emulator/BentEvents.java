package io.weir.emulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Events with a fault in them. Belongs to the thread that sends them. */
final class BentEvents implements Iterator<Answer.Event> {
    private static final int UNHARMED = Answer.Streamed.EVENTS_BEFORE_ERROR;
    private static final int FRAGMENT_BYTES = 40;
    private static final byte[] MALFORMED =
            "data: {\"id\":\"chatcmpl-emulated\",\"choices\":[{\"index\":0,\"delta\":{\"cont\n\n"
                    .getBytes(StandardCharsets.UTF_8);

    private final Answer.Streamed stream;
    private final Fault fault;
    private final Deque<Answer.Event> ready = new ArrayDeque<>();
    private int taken;

    BentEvents(Answer.Streamed stream, Fault fault) {
        this.stream = stream;
        this.fault = fault;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && goesOn() && stream.events().hasNext()) {
            ready.addAll(bent(stream.events().next()));
            taken++;
        }
        return !ready.isEmpty();
    }

    @Override
    public Answer.Event next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream has ended");
        }
        return ready.remove();
    }

    private boolean goesOn() {
        return switch (fault) {
            case STALLED -> taken < UNHARMED;
            case DROPPED, ERROR -> taken <= UNHARMED;
            case NONE, MALFORMED, CRLF -> true;
        };
    }

    private List<Answer.Event> bent(Answer.Event event) {
        if (fault == Fault.CRLF) {
            return fragments(event);
        }
        if (taken < UNHARMED) {
            return List.of(event);
        }
        return switch (fault) {
            case ERROR -> List.of(new Answer.Event(stream.errorEvent(), event.paced()));
            case DROPPED -> List.of(new Answer.Event(half(event.bytes()), event.paced()));
            case MALFORMED ->
                    taken > UNHARMED
                            ? List.of(event)
                            : List.of(new Answer.Event(MALFORMED, false), event);
            case NONE, STALLED, CRLF -> List.of(event);
        };
    }

    /** The first half. */
    static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    /** A comment and the event, with CR LF, cut so that cuts fall inside characters if they can. */
    private static List<Answer.Event> fragments(Answer.Event event) {
        String text = new String(event.bytes(), StandardCharsets.UTF_8);
        byte[] bytes =
                (": emulated\n\n" + text).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        List<Answer.Event> fragments = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, from + FRAGMENT_BYTES);
            for (int i = from + 1; i < to; i++) {
                if ((bytes[i] & 0xC0) == 0x80) {
                    to = i;
                }
            }
            byte[] fragment = Arrays.copyOfRange(bytes, from, to);
            fragments.add(new Answer.Event(fragment, event.paced() && from == 0));
            from = to;
        }
        return fragments;
    }
}
