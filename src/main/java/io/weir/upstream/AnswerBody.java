package io.weir.upstream;

import io.weir.call.AttemptTrace;
import io.weir.call.Call;
import io.weir.call.Outcome;
import io.weir.call.Source;
import io.weir.call.Stage;
import io.weir.call.UpstreamFailure;
import io.weir.call.UpstreamFailure.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's answer as it comes, with the idle and the total timer; gives the connection back at
 * its end. Owned by the thread that relays it.
 */
final class AnswerBody implements Source {
    private final UpstreamConnection connection;
    private final Connections connections;
    private final Call call;
    private final AttemptTrace trying;
    private final Deadline deadline;
    private final @Nullable InputStream content;
    private final long length;
    private final boolean keep;
    private final Duration idle;
    private long received;
    private boolean over;

    AnswerBody(
            UpstreamConnection connection,
            Connections connections,
            Call call,
            AttemptTrace trying,
            Deadline deadline,
            ClassicHttpResponse response)
            throws UpstreamFailure {
        this.connection = connection;
        this.connections = connections;
        this.call = call;
        this.trying = trying;
        this.deadline = deadline;
        this.idle = deadline.idle();
        HttpEntity entity = response.getEntity();
        this.content = entity == null ? null : open(entity);
        this.length = entity == null ? 0 : entity.getContentLength();
        this.keep = keeps(response, entity);
    }

    byte[] readWhole(int size) throws UpstreamFailure {
        byte[] whole = new byte[size];
        int have = 0;
        while (have < size) {
            int read = read(whole, have, size - have);
            if (read < 0) {
                throw fail(
                        new UpstreamFailure.Broken(
                                "The upstream's answer ended after %d of %d bytes."
                                        .formatted(have, size),
                                null));
            }
            have += read;
        }
        end();
        return whole;
    }

    void endWithoutContent() {
        end();
    }

    @Override
    public int read(byte[] into, int offset, int size) throws UpstreamFailure {
        if (over || content == null) {
            return -1;
        }
        if (deadline.passed()) {
            throw fail(deadline.timedOut(Timer.IDLE, idle));
        }
        long began = call.trace().now();
        Stage stage = Stage.begun();
        try {
            connection.patience(deadline.patience(idle));
            int read = content.read(into, offset, size);
            if (connection.endPatience()) {
                throw fail(deadline.timedOut(Timer.IDLE, idle));
            }
            if (read < 0) {
                end();
            } else {
                received += read;
                if (complete()) {
                    end();
                }
            }
            return read;
        } catch (UpstreamFailure failure) {
            throw failure;
        } catch (IOException e) {
            if (connection.endPatience()) {
                throw fail(deadline.timedOut(Timer.IDLE, idle));
            }
            throw fail(
                    new UpstreamFailure.Broken(
                            "The upstream's answer broke off after %d bytes (%s). Retry."
                                    .formatted(received, e.getMessage()),
                            e));
        } finally {
            call.trace().waited(call.trace().now() - began);
            stage.done(Stage.RECEIVE, call.id());
        }
    }

    @Override
    public boolean complete() {
        return length >= 0 && received >= length;
    }

    @Override
    public void close(Outcome why) {
        if (!over) {
            over = true;
            trying.ended();
            call.abort().onRaise(null);
            connection.abort();
        }
    }

    private UpstreamFailure fail(UpstreamFailure failure) {
        if (call.abort().raised().isEmpty()) {
            trying.failed(failure);
        }
        close(new Outcome.UpstreamFailed(failure));
        return failure;
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        trying.ended();
        call.abort().onRaise(null);
        if (keep) {
            connections.giveBack(connection);
        } else {
            connection.abort();
        }
    }

    private static InputStream open(HttpEntity entity) throws UpstreamFailure {
        try {
            return entity.getContent();
        } catch (IOException e) {
            throw new UpstreamFailure.Broken(
                    "The upstream's answer cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean keeps(ClassicHttpResponse response, @Nullable HttpEntity entity) {
        boolean framed = entity == null || entity.getContentLength() >= 0 || entity.isChunked();
        boolean modern =
                response.getVersion() == null
                        || response.getVersion().greaterEquals(HttpVersion.HTTP_1_1);
        return framed && modern && !closes(response);
    }

    private static boolean closes(ClassicHttpResponse response) {
        return Stream.of(response.getHeaders("connection"))
                .flatMap(field -> Stream.of(field.getValue().split(",", -1)))
                .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }
}
