package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssetsTest {
    private static final Path VENDOR = Path.of("src/main/resources/io/weir/web/vendor");

    @Test
    void aVendorsFilesAreTheOnesThatWereTaken() throws IOException {
        List<String> lines = Files.readAllLines(VENDOR.resolve("HASHES"));
        for (String line : lines) {
            String[] parts = line.split(" {2}", -1);
            byte[] content = Files.readAllBytes(VENDOR.resolve(parts[1]));
            assertThat(HexFormat.of().formatHex(Secret.sha256(content)))
                    .as(parts[1])
                    .isEqualTo(parts[0]);
            assertThat(parts[2]).matches("[a-z.]+@\\d+\\.\\d+\\.\\d+");
        }
        try (Stream<Path> files = Files.list(VENDOR)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(
                                            Stream.of("HASHES"),
                                            lines.stream().map(line -> line.split(" {2}", -1)[1]))
                                    .toList());
        }
    }

    @Test
    void anAddressHoldsItsContentsHash() {
        assertThat(new Assets().url("htmx.min.js"))
                .isEqualTo("/assets/htmx.min.d6fdc75f204e6bde.js");
    }

    @Test
    void ownScriptsAskNobodyElseAndRunNoText() throws IOException {
        for (String name : List.of("app.js", "charts.js", "heat.js")) {
            String script =
                    Files.readString(Path.of("src/main/resources/io/weir/web/assets", name));
            assertThat(script)
                    .doesNotContain("http://", "https://", "eval(", "innerHTML", "new Function");
        }
    }
}
