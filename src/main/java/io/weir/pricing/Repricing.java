package io.weir.pricing;

import io.weir.access.Actor;
import java.io.IOException;

/** Prices calls that had no price when they ended. */
@FunctionalInterface
public interface Repricing {
    /**
     * Prices the calls, and returns once they show it.
     *
     * @throws IOException where it cannot be recorded; what was found until then counts
     */
    Findings reprice(Actor by, Repricer.Range range) throws IOException, InterruptedException;
}
