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

    /**
     * What an answer means where its service says nothing more with it.
     *
     * @param whom who answered, at the beginning of a sentence
     * @param check what to look at where Weir is not let in
     */
    static Sent sent(HttpAnswer answer, String whom, String check) {
        int status = answer.status();
        if (answer.succeeded()) {
            return Sent.DELIVERED;
        }
        return switch (status) {
            case 400, 413, 422 ->
                    new Sent.Refused("%s refused it (status %d)".formatted(whom, status));
            case 401, 403 ->
                    new Sent.Failed(
                            "%s does not let Weir in (status %d). Check %s"
                                    .formatted(whom, status, check),
                            answer.retryAfter());
            default ->
                    new Sent.Failed("%s answered %d".formatted(whom, status), answer.retryAfter());
        };
    }
}
