package io.weir.alert;

import io.weir.config.ReplacedFile;
import io.weir.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;

/** A small document that is replaced as a whole: a crash leaves the old one or the new one. */
final class StateFile<T> {
    private static final System.Logger LOG = System.getLogger(StateFile.class.getName());

    private final Path file;
    private final Class<T> type;

    StateFile(Path file, Class<T> type) {
        this.file = file;
        this.type = type;
    }

    /**
     * What was written last; {@code fallback} where nothing was. A file that makes no sense is put
     * aside: nobody would be told of anything for its sake.
     */
    T read(T fallback) throws IOException {
        if (!Files.exists(file)) {
            return fallback;
        }
        try {
            return Json.MAPPER.readValue(Files.readAllBytes(file), type);
        } catch (JacksonException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0} is damaged ({1}); it is now {2}, and Weir begins anew without it",
                    file,
                    e.getOriginalMessage(),
                    aside);
            return fallback;
        }
    }

    /** Replaces it, on the disk when this returns. */
    void write(T value) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ReplacedFile.write(file, Json.MAPPER.writeValueAsBytes(value));
    }
}
