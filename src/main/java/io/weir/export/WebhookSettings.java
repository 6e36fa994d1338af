package io.weir.export;

import io.weir.outbound.HttpSettings;
import io.weir.wire.Secret;

/**
 * How events go to a webhook.
 *
 * @param http its url is posted to as it is; bodies are not compressed, because receivers differ in
 *     whether they check a signature before or after unpacking
 * @param secret what the receiver checks signatures with
 */
record WebhookSettings(HttpSettings http, Secret secret) {
    WebhookSettings {
        if (http.gzip()) {
            throw new IllegalArgumentException(
                    "a webhook's body is not compressed: set gzip to false");
        }
    }
}
