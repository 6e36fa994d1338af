package io.weir.cli;

/**
 * A key and where it was found. The secret leaves only in an Authorization header.
 *
 * @param source in words, for messages
 */
record Key(String secret, String source) {
    Key {
        if (secret.isBlank() || secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The key from " + source + " is not one line of printable characters.");
        }
    }

    /** The header's value. */
    String bearer() {
        return "Bearer " + secret;
    }

    /** Where it is from; never the secret. */
    @Override
    public String toString() {
        return "Key[" + source + "]";
    }
}
