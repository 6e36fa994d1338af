package io.weir.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** An answer's body that is wholly here. */
final class BytesEntity extends AbstractHttpEntity {
    private final byte[] content;

    BytesEntity(byte[] content) {
        super((String) null, null, false);
        this.content = content;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(content);
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public long getContentLength() {
        return content.length;
    }

    @Override
    public void close() {}
}
