package io.weir.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The payloads that a reader of the journal need not copy out of it. Many readers follow it
 * closely, and a copy for each of every entry would be most of the garbage that they make.
 */
@FunctionalInterface
interface KnownPayloads {
    /** None is known: each is copied. */
    KnownPayloads NONE = (kind, sequence) -> null;

    /**
     * An entry's payload, or an empty one where nobody looks at it; null where it is to be copied.
     */
    byte @Nullable [] find(Entry.Kind kind, long sequence);
}
