package io.weir.upstream;

import io.weir.wire.Secret;

/**
 * A provider's key.
 *
 * @param name by which people know it: where it is from, or what it was called when it was stored
 */
public record UpstreamKey(String name, Secret secret) {
    /** Far beyond any provider's; what passes is searched for the key in pieces that are longer. */
    private static final int MAX_CHARS = 4_096;

    public UpstreamKey {
        if (secret.reveal().length() > MAX_CHARS) {
            throw new IllegalArgumentException(
                    "an upstream's key has at most %d characters, not %d"
                            .formatted(MAX_CHARS, secret.reveal().length()));
        }
    }

    boolean isSame(UpstreamKey other) {
        return name.equals(other.name) && secret.reveal().equals(other.secret.reveal());
    }
}
