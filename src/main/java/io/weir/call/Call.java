package io.weir.call;

import io.weir.wire.Endpoint;
import io.weir.wire.Headers;
import io.weir.wire.RequestView;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One client request on its way through the gateway. Immutable but for its {@link CallTrace};
 * belongs to one thread, only {@link #abort()} may be touched by others.
 */
public final class Call {
    private final UUID id;
    private final String method;
    private final Target target;
    private final Endpoint endpoint;
    private final Headers headers;
    private final Body body;
    private final CallTrace trace;
    private final Abort abort;
    private final TraceContext context;
    private @Nullable RequestView view;

    /**
     * A call as it came.
     *
     * @param id UUIDv7
     * @param endpoint of the target's path
     */
    public Call(
            UUID id,
            String method,
            Target target,
            Endpoint endpoint,
            Headers headers,
            Body body,
            CallTrace trace) {
        this(
                id,
                method,
                target,
                endpoint,
                headers,
                body,
                trace,
                new Abort(),
                TraceContext.of(headers, id));
    }

    private Call(
            UUID id,
            String method,
            Target target,
            Endpoint endpoint,
            Headers headers,
            Body body,
            CallTrace trace,
            Abort abort,
            TraceContext context) {
        this.id = id;
        this.method = method;
        this.target = target;
        this.endpoint = endpoint;
        this.headers = headers;
        this.body = body;
        this.trace = trace;
        this.abort = abort;
        this.context = context;
    }

    /**
     * Where a request goes: split once, and used for routing, authorisation and relaying alike.
     *
     * @param path as sent, not decoded
     * @param query as sent, without the question mark; null where there is none
     */
    public record Target(String path, @Nullable String query) {
        /** Splits a request target in origin form. */
        public static Target of(String requestTarget) {
            int mark = requestTarget.indexOf('?');
            return mark < 0
                    ? new Target(requestTarget, null)
                    : new Target(
                            requestTarget.substring(0, mark), requestTarget.substring(mark + 1));
        }
    }

    /** UUIDv7; the client sees it as {@code x-weir-call-id}. */
    public UUID id() {
        return id;
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The request target. */
    public Target target() {
        return target;
    }

    /** Which operation it asks for. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The request's fields as sent. */
    public Headers headers() {
        return headers;
    }

    /** The request's body. */
    public Body body() {
        return body;
    }

    /** What is known of the call so far. */
    public CallTrace trace() {
        return trace;
    }

    /** Its place in a distributed trace, as its fields gave it when it came. */
    public TraceContext context() {
        return context;
    }

    /** The way to stop it from another thread. */
    public Abort abort() {
        return abort;
    }

    /**
     * What the body says, read when first asked for, or while it passes; empty where it is not
     * read.
     */
    public Optional<RequestView> view() {
        if (view == null && endpoint.billed() && body instanceof Body.Bytes held) {
            view = RequestView.of(held.bytes(), endpoint.dialect());
        }
        if (body instanceof Body.Passing passing) {
            return Optional.ofNullable(passing.form());
        }
        return Optional.ofNullable(view);
    }

    /**
     * Whether the provider may charge for it what its answer does not say: it is not read, or its
     * work is done after it was answered.
     */
    public boolean unmetered() {
        return endpoint.unmetered() || view().map(RequestView::background).orElse(false);
    }

    /**
     * Whether such an answer may come in events: it says so or, where a stream was asked for, says
     * nothing.
     */
    public boolean mayBeAnsweredInEvents(int status, Headers answered) {
        return answered.isEventStream()
                || (status == 200
                        && !answered.has("content-type")
                        && view().map(RequestView::stream).orElse(false));
    }

    /** The same call with another body. */
    public Call withBody(Body other) {
        return new Call(id, method, target, endpoint, headers, other, trace, abort, context);
    }

    /** The same call with other fields. */
    public Call withHeaders(Headers other) {
        Call call = new Call(id, method, target, endpoint, other, body, trace, abort, context);
        call.view = view;
        return call;
    }
}
