package io.weir.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * How a channel is.
 *
 * @param waiting notifications it is yet to be told
 * @param told so many since Weir started
 * @param failures since Weir started
 * @param problem what is wrong now
 */
public record ChannelHealth(
        String name,
        String kind,
        int waiting,
        long told,
        long failures,
        Optional<Instant> lastTold,
        Optional<String> problem) {}
