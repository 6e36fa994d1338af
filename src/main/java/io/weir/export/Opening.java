package io.weir.export;

import java.io.IOException;

/** Makes a destination as it is configured; several may be made of the same. */
@FunctionalInterface
public interface Opening {
    /** A new one. */
    Destination open() throws IOException;
}
