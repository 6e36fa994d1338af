package io.weir.export;

import io.weir.wire.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of the events that a destination will never take, each with why, for a person to look at.
 * It is bounded: beyond that they are only counted.
 */
final class SetAside {
    private static final long MOST_BYTES = 16 << 20;

    private final Path file;

    SetAside(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Adds one; returns whether there was room. */
    boolean add(Event event, String reason, Instant now) throws IOException {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("set_aside_at", now.toString());
        line.put("reason", reason);
        line.put("call_id", event.callId().toString());
        line.set("event", Json.MAPPER.readTree(event.json()));
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel to =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            if (to.size() + bytes.length > MOST_BYTES) {
                return false;
            }
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                to.write(rest);
            }
            return true;
        }
    }
}
