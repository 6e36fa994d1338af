package io.weir.call;

/** A provider's API, or something that speaks like it. */
public interface Upstream {
    /** What reports call it. */
    String name();

    /** OpenTelemetry's {@code gen_ai.provider.name}. */
    String provider();

    /**
     * Sends the call, once, and waits for the answer's head.
     *
     * @param trying notes the moments of this attempt
     * @throws UpstreamFailure when there is no answer; an answer of any status is a reply
     */
    Reply send(Call call, AttemptTrace trying) throws UpstreamFailure;
}
