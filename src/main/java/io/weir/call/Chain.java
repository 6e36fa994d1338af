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
            chain = link(policy, chain);
        }
        return chain;
    }

    private static Chain link(Policy policy, Chain next) {
        String name = policy.getClass().getSimpleName();
        return call -> {
            Stage stage = Stage.begun();
            try {
                return policy.apply(call, next);
            } finally {
                stage.done(name, call.id());
            }
        };
    }
}
