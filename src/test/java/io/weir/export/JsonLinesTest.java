package io.weir.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    @TempDir private Path directory;

    @Test
    void appendsALineForEachEvent() throws IOException {
        JsonLines lines = new JsonLines(directory.resolve("logs/calls.jsonl"), 1_000, 2);
        assertThat(lines.send(List.of(event("{\"n\":1}"), event("{\"n\":2}"))))
                .isEqualTo(Sent.DELIVERED);
        assertThat(lines.send(List.of(event("{\"n\":3}")))).isEqualTo(Sent.DELIVERED);
        assertThat(Files.readString(directory.resolve("logs/calls.jsonl")))
                .isEqualTo("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    }

    @Test
    void beginsAnotherFileAndKeepsSoManyOlderOnes() throws IOException {
        Path file = directory.resolve("calls.jsonl");
        JsonLines lines = new JsonLines(file, 1, 2);
        for (int i = 1; i <= 4; i++) {
            lines.send(List.of(event("{\"n\":" + i + "}")));
        }
        assertThat(Files.readString(file)).isEqualTo("{\"n\":4}\n");
        assertThat(Files.readString(directory.resolve("calls.jsonl.1"))).isEqualTo("{\"n\":3}\n");
        assertThat(Files.readString(directory.resolve("calls.jsonl.2"))).isEqualTo("{\"n\":2}\n");
        assertThat(directory.resolve("calls.jsonl.3")).doesNotExist();
    }

    @Test
    void failsWhereItCannotWriteAndGoesOnWhereItCanAgain() throws IOException {
        Path inTheWay = Files.writeString(directory.resolve("logs"), "");
        JsonLines lines = new JsonLines(directory.resolve("logs/calls.jsonl"), 1_000, 2);
        assertThat(lines.send(List.of(event("{}")))).isInstanceOf(Sent.Failed.class);
        Files.delete(inTheWay);
        assertThat(lines.send(List.of(event("{}")))).isEqualTo(Sent.DELIVERED);
    }

    private static Event event(String json) {
        return Events.with(1, json);
    }
}
