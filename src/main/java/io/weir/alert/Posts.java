package io.weir.alert;

import io.weir.export.Sent;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpPost;
import java.util.Optional;

/** How a service wants to be told by HTTP. */
interface Posts {
    /**
     * What tells it of a notification; empty for one that it is not told of.
     *
     * @param path of the configured URL
     */
    Optional<HttpPost> post(Notification notification, String path);

    /** What its answer means. */
    Sent sent(HttpAnswer answer);
}
