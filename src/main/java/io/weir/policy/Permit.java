package io.weir.policy;

import io.weir.access.KeyEntry;
import io.weir.access.Keyring;
import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Policy;
import io.weir.call.Principal;
import io.weir.call.Reply;
import io.weir.wire.ApiError;
import io.weir.wire.RequestView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the key that calls may use that endpoint and ask for that model. */
public final class Permit implements Policy {
    private final Keyring keys;

    /** By what those keys and their projects say. */
    public Permit(Keyring keys) {
        this.keys = keys;
    }

    @Override
    public Reply apply(Call call, Chain next) {
        @Nullable Principal caller = call.trace().caller();
        @Nullable KeyEntry key = caller == null ? null : keys.byId(caller.keyId()).orElse(null);
        if (key == null) {
            // It was removed while its call was on its way here.
            return refused(401, "invalid_api_key", "Incorrect API key provided: it is gone.");
        }
        if (!key.allowsEndpoint(call.endpoint().name())) {
            return refused(
                    403,
                    "endpoint_not_allowed",
                    "This key may not call %s. Ask whoever runs this gateway, or use another key."
                            .formatted(call.endpoint().name()));
        }
        if (key.allowsEveryModel() || !call.endpoint().charged()) {
            return next.proceed(call);
        }
        return call.endpoint().unmetered() ? unread(call, key, next) : withModel(call, key, next);
    }

    /** Whoever names the endpoint for the key lets it ask there for what nobody reads. */
    private static Reply unread(Call call, KeyEntry key, Chain next) {
        return key.namesEndpoints()
                ? next.proceed(call)
                : refused(
                        403,
                        "model_not_found",
                        "This key may ask for some models only, and the models of such a request are not read. Use another key, or have %s named among the endpoints that this one may call."
                                .formatted(call.endpoint().name()));
    }

    private static Reply withModel(Call call, KeyEntry key, Chain next) {
        if (call.body() instanceof Body.Passing) {
            return refused(
                    403,
                    "model_not_found",
                    "This key may ask for some models only, and the model of a form is not known before it is sent on. Use another key for %s."
                            .formatted(call.endpoint().name()));
        }
        Optional<String> model = call.view().flatMap(RequestView::model);
        if (model.isEmpty()) {
            return refused(
                    400,
                    "missing_required_parameter",
                    "You must provide a model parameter: this key may ask for some models only.");
        }
        return key.allowsModel(model.get())
                ? next.proceed(call)
                : refused(
                        403,
                        "model_not_found",
                        "Project '%s' does not have access to model '%s' with this key. Ask whoever runs this gateway, or use another model."
                                .formatted(key.principal().project(), shown(model.get())));
    }

    private static String shown(String model) {
        return model.length() > 100 ? model.substring(0, 100) + "…" : model;
    }

    private static Reply refused(int status, String code, String message) {
        return Reply.Refused.of(ApiError.of(status, "invalid_request_error", code, message));
    }
}
