package io.weir.alert;

import io.weir.export.Sent;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpPost;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Signature;
import io.weir.wire.Secret;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * A URL of the company's own: takes a notification as one JSON object, with a {@link Signature}.
 */
record WebhookPosts(Secret secret, InstantSource clock) implements Posts {
    static ChannelKinds.Opening opening(DestinationKeys keys) {
        HttpSettings http = keys.http("", false);
        Secret secret = keys.secret("secret", "what the receiver checks signatures with");
        if (http.gzip()) {
            throw keys.wrong("a webhook's body is not compressed: set gzip to false");
        }
        return PostingChannel.opening(keys, http, new WebhookPosts(secret, InstantSource.system()));
    }

    @Override
    public Optional<HttpPost> post(Notification notification, String path) {
        byte[] body = NotificationJson.bytes(NotificationJson.of(notification));
        String signature = Signature.of(secret, clock.instant().getEpochSecond(), body);
        Map<String, String> fields =
                Map.of("content-type", "application/json", Signature.FIELD, signature);
        return Optional.of(new HttpPost(path, fields, body));
    }

    @Override
    public Sent sent(HttpAnswer answer) {
        return Sent.of(answer, "The webhook", "secret and url");
    }
}
