package io.weir.policy;

import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Policy;
import io.weir.call.Principal;
import io.weir.call.Reply;
import io.weir.wire.ApiError;
import io.weir.wire.Secret;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: the gateway key in {@code authorization: Bearer …}. Keys are random and looked up by
 * their SHA-256, so that what the look-up's time depends on is not the key.
 */
public final class Authenticate implements Policy {
    private static final String SCHEME = "Bearer ";
    private static final int MAX_KEY_CHARS = 512;

    private final Map<ByteBuffer, Principal> principals;

    /**
     * Knows these keys.
     *
     * @param principals by the SHA-256 of their key
     */
    public Authenticate(Map<ByteBuffer, Principal> principals) {
        this.principals = Map.copyOf(principals);
    }

    @Override
    public Reply apply(Call call, Chain next) {
        String field = call.headers().first("authorization").orElse(null);
        if (field == null) {
            return Reply.Refused.of(
                    error(
                            "You didn't provide an API key. Send this gateway's key, the one in app.key of its data directory, as 'Authorization: Bearer KEY'."));
        }
        Principal principal = identify(field);
        if (principal == null) {
            return Reply.Refused.of(
                    error(
                            "Incorrect API key provided. Use a key of this gateway, the one in app.key of its data directory for instance; a provider's own key is not accepted here."));
        }
        call.trace().caller(principal);
        return next.proceed(call);
    }

    private @Nullable Principal identify(String field) {
        if (field.length() > MAX_KEY_CHARS
                || !field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        return principals.get(
                ByteBuffer.wrap(Secret.sha256(field.substring(SCHEME.length()).strip())));
    }

    private static ApiError error(String message) {
        return ApiError.of(401, "invalid_request_error", "invalid_api_key", message);
    }
}
