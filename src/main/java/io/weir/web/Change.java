package io.weir.web;

/**
 * Something that is not as it was in the time before.
 *
 * @param dimension what kind of group it is about, {@code model} for instance
 * @param value the group
 * @param what the figure that changed
 */
record Change(
        String dimension,
        String value,
        String what,
        Figure before,
        Figure now,
        Delta delta,
        String href) {}
