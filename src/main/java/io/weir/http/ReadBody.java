package io.weir.http;

import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Chain;
import io.weir.call.ClientGoneException;
import io.weir.call.Outcome;
import io.weir.call.Policy;
import io.weir.call.Reply;
import io.weir.wire.ApiError;
import io.weir.wire.FormReader;
import io.weir.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings a request's body into memory where its shape matters, and bounds it everywhere. Stands
 * behind authentication: a stranger's body is not read, and a client that waits to be asked for it
 * is refused without it.
 */
public final class ReadBody implements Policy {
    private final long maxBytes;
    private final int maxReadBytes;

    /**
     * With these bounds.
     *
     * @param maxBytes of any body
     * @param maxReadBytes of a body that is held in memory to be read
     */
    public ReadBody(long maxBytes, int maxReadBytes) {
        this.maxBytes = maxBytes;
        this.maxReadBytes = maxReadBytes;
    }

    @Override
    public Reply apply(Call call, Chain next) {
        Call read = call.withBody(bounded(call));
        call.trace().asReadIs(read);
        return switch (read.body()) {
            case Body.TooLarge tooLarge -> Reply.Refused.of(tooLarge(tooLarge.limit()));
            case Body.BrokenOff broken ->
                    new Reply.Refused(
                            ApiError.of(
                                    499,
                                    "client_error",
                                    "client_gone",
                                    "The client closed the connection."),
                            Headers.NONE,
                            new Outcome.ClientGone());
            case Body.None none -> next.proceed(read);
            case Body.Bytes held -> next.proceed(read);
            case Body.Passing passing -> next.proceed(read);
        };
    }

    private Body bounded(Call call) {
        if (!(call.body() instanceof Body.Passing passing)) {
            return call.body();
        }
        boolean held = call.endpoint().billed() && !isForm(call.headers());
        long limit = held ? Math.min(maxReadBytes, maxBytes) : maxBytes;
        if (passing.length() > limit) {
            return new Body.TooLarge(limit);
        }
        if (!held) {
            return passing(call, passing, limit);
        }
        try {
            return hold(passing, (int) limit);
        } catch (IOException e) {
            call.abort().raise(new Outcome.ClientGone());
            return new Body.BrokenOff();
        }
    }

    /** A form is too large to be held, so its fields are read while it passes. */
    private static Body.Passing passing(Call call, Body.Passing body, long limit) {
        InputStream bounded =
                new BoundedInput(
                        body.stream(),
                        limit,
                        () -> call.abort().raise(new Outcome.Refused(tooLarge(limit))));
        @Nullable FormReader form =
                call.endpoint().billed()
                        ? call.headers().first("content-type").flatMap(FormReader::of).orElse(null)
                        : null;
        return form == null
                ? new Body.Passing(bounded, body.length())
                : new Body.Passing(new FormInput(bounded, form), body.length(), form.view());
    }

    private static Body hold(Body.Passing passing, int limit) throws IOException {
        InputStream stream = passing.stream();
        if (passing.length() >= 0) {
            byte[] bytes = stream.readNBytes((int) passing.length());
            if (bytes.length < passing.length()) {
                throw new ClientGoneException(
                        new IOException(
                                "the body ended after "
                                        + bytes.length
                                        + " of "
                                        + passing.length()
                                        + " bytes"));
            }
            return new Body.Bytes(bytes);
        }
        byte[] bytes = stream.readNBytes(limit + 1);
        return bytes.length > limit ? new Body.TooLarge(limit) : new Body.Bytes(bytes);
    }

    private static boolean isForm(Headers headers) {
        return headers.first("content-type").map(PostedForm::is).orElse(false);
    }

    private static ApiError tooLarge(long limit) {
        return ApiError.of(
                413,
                "invalid_request_error",
                "request_too_large",
                "The request's body is larger than the %d bytes this gateway takes. Send less, or raise relay.max_body or relay.max_read_body."
                        .formatted(limit));
    }
}
