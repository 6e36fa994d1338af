package io.weir.store;

/**
 * A column of a {@link Table}.
 *
 * @param name in lower case with underscores, its unit at its end where it has one
 */
public record Column(String name, Unit unit) {}
