package io.weir.alert;

import io.weir.export.Sent;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.HttpPost;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import java.time.InstantSource;
import java.util.Optional;

/** A channel that posts to a server. */
final class PostingChannel implements Channel {
    private final GuardedHttp http;
    private final Posts posts;

    /** Nothing is sent yet. */
    PostingChannel(GuardedHttp http, Posts posts) {
        this.http = http;
        this.posts = posts;
    }

    /** Opens it, after a look at whether its settings can be used. */
    static ChannelKinds.Opening opening(DestinationKeys keys, HttpSettings settings, Posts posts) {
        check(keys, settings);
        return () -> new PostingChannel(http(settings), posts);
    }

    /** Refuses settings that cannot be used. */
    static void check(DestinationKeys keys, HttpSettings settings) {
        keys.made(() -> http(settings));
    }

    @Override
    public Sent tell(Notification notification) throws InterruptedException {
        Optional<HttpPost> post = posts.post(notification, http.target().path());
        if (post.isEmpty()) {
            return Sent.DELIVERED;
        }
        try {
            return posts.sent(http.post(post.get()));
        } catch (HttpFailure e) {
            return new Sent.Failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static GuardedHttp http(HttpSettings settings) {
        return new GuardedHttp(settings, Resolver.SYSTEM, InstantSource.system());
    }
}
