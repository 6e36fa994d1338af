package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with a file of this package's test resources. */
final class Golden {
    private Golden() {}

    static void assertMatches(String file, String text) throws IOException {
        Path actual = Path.of("target", "golden", file);
        Files.createDirectories(actual.getParent());
        Files.writeString(actual, text);
        try (InputStream golden = Golden.class.getResourceAsStream(file)) {
            assertThat(golden).as("no golden file; what it would be is in " + actual).isNotNull();
            assertThat(text).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
