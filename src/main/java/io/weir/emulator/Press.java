package io.weir.emulator;

import java.time.InstantSource;

/**
 * What the operations share: how to count, compose, name and date.
 *
 * @param clock dates the answers
 */
record Press(TokenCount tokenCount, Composer composer, Ids ids, InstantSource clock) {
    /** The origin of a new answer. */
    Origin origin(String prefix, int length) {
        return new Origin(ids.next(prefix, length), clock.instant().getEpochSecond());
    }
}
