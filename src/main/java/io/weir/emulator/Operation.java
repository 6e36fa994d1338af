package io.weir.emulator;

/** One of the API's operations that asks a model. */
@FunctionalInterface
interface Operation {
    /** Answers a request whose model exists. */
    Answer answer(Request request);
}
