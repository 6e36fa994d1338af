package io.weir.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of a connection's answers, and knows the buffer they come from: the library shows
 * it to nobody else. Belongs to the call that has the connection.
 */
final class HeadReader implements HttpMessageParser<ClassicHttpResponse> {
    private final HttpMessageParser<ClassicHttpResponse> inner;
    private @Nullable SessionInputBuffer buffer;

    HeadReader(HttpMessageParser<ClassicHttpResponse> inner) {
        this.inner = inner;
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer from, InputStream stream)
            throws IOException, HttpException {
        buffer = from;
        return inner.parse(from, stream);
    }

    /** Whether bytes are there that no answer has taken. */
    boolean hasLeftovers() {
        return buffer != null && buffer.length() > 0;
    }
}
