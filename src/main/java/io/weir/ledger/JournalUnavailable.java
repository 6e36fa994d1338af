package io.weir.ledger;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The journal took nothing: the disk is full or refuses, or the journal is closed. What had been
 * acknowledged stays readable, and the next append tries again.
 */
public final class JournalUnavailable extends IOException {
    private static final long serialVersionUID = 1L;

    JournalUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
