package io.weir.export;

import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.HttpPost;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import io.weir.outbound.Signature;
import io.weir.wire.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A URL of the company's own: takes batches as JSON arrays, with a {@link Signature}. */
final class WebhookDestination implements Destination {
    private static final Limits LIMITS = new Limits(1_000, 1_000_000, 1_000_000);

    private final WebhookSettings settings;
    private final GuardedHttp http;
    private final InstantSource clock;

    /** Nothing is sent yet. */
    WebhookDestination(WebhookSettings settings, GuardedHttp http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    static Opening opening(DestinationKeys keys) {
        HttpSettings http = keys.http("", false);
        Secret secret = keys.secret("secret", "what the receiver checks signatures with");
        WebhookSettings settings = keys.made(() -> new WebhookSettings(http, secret));
        keys.made(() -> new GuardedHttp(http, Resolver.SYSTEM, InstantSource.system()));
        return () ->
                new WebhookDestination(
                        settings,
                        new GuardedHttp(http, Resolver.SYSTEM, InstantSource.system()),
                        InstantSource.system());
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Sent send(List<Event> events) throws InterruptedException {
        byte[] body = Bodies.array(events);
        String signature = Signature.of(settings.secret(), clock.instant().getEpochSecond(), body);
        Map<String, String> fields =
                Map.of("content-type", "application/json", Signature.FIELD, signature);
        try {
            HttpPost post = new HttpPost(http.target().path(), fields, body);
            return Sent.of(http.post(post), "The webhook", "secret and url");
        } catch (HttpFailure e) {
            return new Sent.Failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
