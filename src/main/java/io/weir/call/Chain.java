package io.weir.call;

import java.util.List;

/** The rest of a call's way. */
@FunctionalInterface
public interface Chain {
    /** Sends the call on. */
    Reply proceed(Call call);

    /** The chain that applies the policies in order, outermost first, and ends in {@code end}. */
    static Chain of(List<Policy> policies, Chain end) {
        Chain chain = end;
        for (Policy policy : policies.reversed()) {
            Chain next = chain;
            chain = call -> policy.apply(call, next);
        }
        return chain;
    }
}
