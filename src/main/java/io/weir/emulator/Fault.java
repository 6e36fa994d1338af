package io.weir.emulator;

/** What goes wrong while an answer is sent. */
enum Fault {
    /** Nothing. */
    NONE,
    /** Silence after a few events. */
    STALLED,
    /** The connection is cut inside an event, or half-way through a whole body. */
    DROPPED,
    /** An event, or a whole body, that is not JSON. */
    MALFORMED,
    /** An error event in the middle, and no proper end. */
    ERROR,
    /** Lines end in CR LF, comments stand between events, and chunks end inside characters. */
    CRLF
}
