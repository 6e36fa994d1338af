package io.weir.policy;

import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Policy;
import io.weir.call.Reply;
import io.weir.wire.ApiError;

/**
 * Refuses a request that two readers could read differently: with a field that decides about model,
 * money or limits given twice, the gateway would measure one and the upstream might act on the
 * other. A request that is merely wrong goes on: the provider's own words about it are better than
 * ours.
 */
public final class GuardRequest implements Policy {
    @Override
    public Reply apply(Call call, Chain next) {
        if (call.view().map(view -> !view.duplicateKeys().isEmpty()).orElse(false)) {
            return Reply.Refused.of(
                    ApiError.of(
                            400,
                            "invalid_request_error",
                            "duplicate_field",
                            "The request gives a field twice. Give each field once."));
        }
        return next.proceed(call);
    }
}
