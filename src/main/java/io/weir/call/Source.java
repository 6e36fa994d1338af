package io.weir.call;

/** The body of an answer as it comes, pulled by the thread that relays it. */
public interface Source {
    /**
     * Waits for the next bytes.
     *
     * @return how many were put into {@code into}, at least one; -1 at the end
     * @throws UpstreamFailure when the answer breaks off
     */
    int read(byte[] into, int offset, int length) throws UpstreamFailure;

    /**
     * Whether the bytes read so far are the whole answer in its client's eyes, although the end was
     * not read yet.
     */
    boolean complete();

    /** Ends it early or acknowledges its end; may be called more than once. */
    void close(Outcome why);
}
