package io.weir.emulator;

/**
 * A model that misbehaves in a known way.
 *
 * @param name what a request's {@code model} says
 * @param happens what it does
 * @param lesson what a client must do about it
 */
record EmulatedModel(String name, String happens, String lesson, Behaviour behaviour) {}
