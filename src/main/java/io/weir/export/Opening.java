package io.weir.export;

import java.io.IOException;

/** Makes a destination as it is configured; several may be made of the same. */
@FunctionalInterface
interface Opening {
    Destination open() throws IOException;
}
