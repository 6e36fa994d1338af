package io.weir.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir private Path temp;

    @Test
    void makesAKeyOnceReadableByItsOwnerOnly() throws IOException {
        String first;
        try (DataDirectory data = DataDirectory.open(temp.resolve("data"))) {
            first = data.key("app.key", "weir-app-").reveal();
        }
        try (DataDirectory again = DataDirectory.open(temp.resolve("data"))) {
            assertThat(again.key("app.key", "weir-app-").reveal()).isEqualTo(first);
        }

        assertThat(first).startsWith("weir-app-").hasSize("weir-app-".length() + 43);
        Path file = temp.resolve("data/app.key");
        assertThat(Files.readAllLines(file)).containsExactly(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(temp.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @Test
    void isHeldByOneAtATime() throws IOException {
        try (DataDirectory held = DataDirectory.open(temp)) {
            assertThat(held.path()).isEqualTo(temp);
            assertThatThrownBy(() -> DataDirectory.open(temp))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("in use by another Weir");
        }
    }

    @Test
    void saysThatAKeyFileIsEmpty() throws IOException {
        Files.writeString(temp.resolve("app.key"), "\n");
        try (DataDirectory data = DataDirectory.open(temp)) {
            assertThatThrownBy(() -> data.key("app.key", "x"))
                    .hasMessageContaining("holds no key. Delete it");
        }
    }
}
