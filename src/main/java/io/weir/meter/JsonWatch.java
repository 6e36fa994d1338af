package io.weir.meter;

import io.weir.wire.AnswerFacts;
import io.weir.wire.AnswerReader;
import io.weir.wire.ContentCoding;
import io.weir.wire.Endpoint;
import io.weir.wire.Headers;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer in JSON that is too large to be held back: keeps a copy, and reads that at the
 * end. Larger ones than the bound go unread, and are counted like those without usage.
 */
final class JsonWatch implements AnswerWatch {
    /** Embeddings of a full batch are about 60 MB; ordinary answers stay under 1 MB. */
    private static final int MAX_BYTES = 64 << 20;

    private static final int MAX_TEXT_CHARS = 1 << 20;

    private final Endpoint.Dialect dialect;
    private final Headers headers;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream(0);
    private boolean tooLarge;
    private @Nullable AnswerFacts facts;

    JsonWatch(Endpoint.Dialect dialect, Headers headers) {
        this.dialect = dialect;
        this.headers = headers;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Pending client) {
        if (!tooLarge && copy.size() + length <= MAX_BYTES) {
            copy.write(bytes, offset, length);
        } else {
            tooLarge = true;
            copy.reset();
        }
    }

    @Override
    public void finish(Pending client) {}

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public boolean whole() {
        return true;
    }

    @Override
    public boolean begun() {
        return false;
    }

    @Override
    public long events() {
        return 0;
    }

    @Override
    public AnswerFacts facts() {
        AnswerFacts read = facts;
        if (read == null) {
            read = AnswerReader.read(dialect, plain());
            facts = read;
        }
        return read;
    }

    @Override
    public List<String> texts() {
        return facts().usage() == null
                ? AnswerReader.texts(dialect, plain(), MAX_TEXT_CHARS)
                : List.of();
    }

    private byte[] plain() {
        return ContentCoding.decode(headers, copy.toByteArray(), MAX_BYTES);
    }
}
