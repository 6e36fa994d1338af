package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Optional;

/** The data of server-sent events, one after the other, as they arrive. */
final class Events implements AutoCloseable {
    private final BufferedReader lines;

    Events(InputStream in) {
        this.lines = new BufferedReader(new InputStreamReader(in, UTF_8));
    }

    /** The next event's data, lines joined; empty at the stream's end. */
    Optional<String> next() throws IOException {
        StringBuilder data = new StringBuilder();
        boolean seen = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && seen) {
                return Optional.of(data.toString());
            }
            if (line.startsWith("data:")) {
                data.append(seen ? "\n" : "").append(line.substring(5).stripLeading());
                seen = true;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
