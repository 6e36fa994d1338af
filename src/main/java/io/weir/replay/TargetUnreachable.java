package io.weir.replay;

/** A target that takes no connection; the message says which and what to check. */
public final class TargetUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1;

    TargetUnreachable(LoadTarget target, Throwable cause) {
        super(
                "Nothing answers at %s (%s). Is it running?"
                        .formatted(target.baseUrl(), cause.getMessage()),
                cause);
    }
}
