package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretRefTest {
    @TempDir private Path directory;

    @Test
    void readsTheEnvironmentAndFilesWithoutTheirLineEnd() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), "sk-file\n");

        assertThat(SecretRef.resolve("k", "env:NAME", Map.of("NAME", "sk-env")).reveal())
                .isEqualTo("sk-env");
        assertThat(SecretRef.resolve("k", "file:" + file, Map.of()).reveal()).isEqualTo("sk-file");
    }

    @Test
    void refusesASecretInTheOpenWithoutRepeatingIt() {
        assertThatThrownBy(() -> SecretRef.resolve("upstream.key", "sk-in-the-open", Map.of()))
                .hasMessage(
                        "upstream.key: give a reference, env:NAME or file:PATH, instead of the secret itself.");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> SecretRef.resolve("k", "env:NOPE", Map.of()))
                .hasMessage("k: the environment variable NOPE is not set.");
        assertThatThrownBy(() -> SecretRef.resolve("k", "env:ODD", Map.of("ODD", "sk-\u0000x")))
                .hasMessageContaining("at position 3")
                .hasMessageNotContaining("sk-");
    }

    @Test
    void aSecretDoesNotPrint() {
        assertThat(new Secret("sk-1").toString()).isEqualTo("***");
        assertThat("" + new Secret("sk-1")).doesNotContain("sk-1");
    }
}
