package io.weir.policy;

import io.weir.access.KeyEntry;
import io.weir.access.Keyring;
import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.Policy;
import io.weir.call.Reply;
import io.weir.wire.ApiError;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who calls: the gateway key in {@code authorization: Bearer …}, whether it may call now, and
 * whether from there.
 */
public final class Authenticate implements Policy {
    private static final int MAX_KEY_CHARS = 512;

    private final Keyring keys;
    private final InstantSource clock;

    /** Knows these keys. */
    public Authenticate(Keyring keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Reply apply(Call call, Chain next) {
        if (!call.headers().has("authorization")) {
            return unknown(
                    "You didn't provide an API key. Send this gateway's key, the one in app.key of its data directory or one of 'weir keys create', as 'Authorization: Bearer KEY'.");
        }
        KeyEntry entry = call.headers().bearer(MAX_KEY_CHARS).flatMap(keys::find).orElse(null);
        if (entry == null) {
            return unknown(
                    "Incorrect API key provided. Use a key of this gateway, the one in app.key of its data directory or one of 'weir keys create'; a provider's own key is not accepted here.");
        }
        // From here on it is known whose call is refused, and the record says so.
        call.trace().caller(entry.principal());
        Optional<String> hindrance = entry.hindrance(clock.instant());
        if (hindrance.isPresent()) {
            return unknown(
                    "Incorrect API key provided: %s. Ask whoever runs this gateway for another."
                            .formatted(hindrance.get()));
        }
        InetAddress client = call.trace().client();
        if (client != null && !entry.allowsFrom(client)) {
            return Reply.Refused.of(
                    ApiError.of(
                            403,
                            "invalid_request_error",
                            "ip_not_authorized",
                            "Your IP address %s is not among those that may use this key. Call from elsewhere, or ask whoever runs this gateway."
                                    .formatted(client.getHostAddress())));
        }
        return next.proceed(call);
    }

    private static Reply unknown(String message) {
        return Reply.Refused.of(
                ApiError.of(401, "invalid_request_error", "invalid_api_key", message));
    }
}
