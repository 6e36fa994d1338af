package io.weir.http;

import io.weir.wire.FormReader;
import java.io.IOException;
import java.io.InputStream;

/** A form that is read while it passes through. */
final class FormInput extends InputStream {
    private final InputStream inner;
    private final FormReader form;

    FormInput(InputStream inner, FormReader form) {
        this.inner = inner;
        this.form = form;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = inner.read(into, offset, length);
        form.feed(into, offset, Math.max(0, count));
        return count;
    }
}
