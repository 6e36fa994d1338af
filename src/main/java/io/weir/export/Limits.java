package io.weir.export;

/**
 * How much a destination takes at once.
 *
 * @param events in a batch
 * @param bytes of a batch's events together, as they are sent
 * @param eventBytes of one event; a larger one is never sent
 */
public record Limits(int events, int bytes, int eventBytes) {
    /** What both allow; an event by itself is the destination's to judge. */
    Limits within(ExporterSettings settings) {
        return new Limits(
                Math.min(events, settings.events()), Math.min(bytes, settings.bytes()), eventBytes);
    }
}
