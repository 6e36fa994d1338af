package io.weir.call;

/**
 * One rule on a call's way: it may refuse the call, change it, let it through, and act on the
 * reply. One file a policy, one line in the gateway's assembly.
 */
@FunctionalInterface
public interface Policy {
    /** Answers the call, usually with what {@code next} answers. */
    Reply apply(Call call, Chain next);
}
