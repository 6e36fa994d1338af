package io.weir.config;

/**
 * A configuration that cannot be used. Its message says which key, what was found, and what would
 * do.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With that sentence. */
    public ConfigException(String message) {
        super(message);
    }

    /** With that sentence, because of that. */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
