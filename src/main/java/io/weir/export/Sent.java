package io.weir.export;

import io.weir.outbound.HttpAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What became of a batch, or of whatever else was sent. */
public sealed interface Sent {
    /** The destination has all of it, for good. */
    Sent DELIVERED = new Delivered(0);

    /**
     * The destination has all of it that it will ever take.
     *
     * @param rejected how many of the things it was made of the destination has refused without
     *     saying which, and so for good
     */
    record Delivered(long rejected) implements Sent {}

    /**
     * It will never take the batch as it is: some event in it is not to its taste.
     *
     * @param position of that event, where the destination says so; it then has those before it
     */
    record Refused(String reason, OptionalInt position) implements Sent {
        public Refused(String reason) {
            this(reason, OptionalInt.empty());
        }
    }

    /**
     * It may take the batch later: it is away, busy, or does not let Weir in.
     *
     * @param retryAfter how long it asks to be left alone; empty where it does not say
     */
    record Failed(String reason, Optional<Duration> retryAfter) implements Sent {
        public Failed(String reason) {
            this(reason, Optional.empty());
        }
    }

    /**
     * What an answer means where its server says nothing more with it.
     *
     * @param whom who answered, at the beginning of a sentence
     * @param check what to look at where Weir is not let in
     */
    static Sent of(HttpAnswer answer, String whom, String check) {
        int status = answer.status();
        if (answer.succeeded()) {
            return DELIVERED;
        }
        return switch (status) {
            case 400, 413, 422 -> new Refused("%s refused it (status %d)".formatted(whom, status));
            case 401, 403 ->
                    new Failed(
                            "%s does not let Weir in (status %d). Check %s"
                                    .formatted(whom, status, check),
                            answer.retryAfter());
            default -> new Failed("%s answered %d".formatted(whom, status), answer.retryAfter());
        };
    }
}
