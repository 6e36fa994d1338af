package io.weir.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One numbered step of the database's schema. What was applied once is never changed: a change is a
 * new step.
 *
 * @param name of the file, {@code V001__calls.sql}
 */
record Migration(String name, String sql) {
    /** The steps, in order. One line for each file. */
    static final List<String> FILES =
            List.of(
                    "V001__calls.sql",
                    "V002__rollups.sql",
                    "V003__pace.sql",
                    "V004__rollup_phases.sql",
                    "V005__trace.sql",
                    "V006__price_versions.sql",
                    "V007__cache.sql",
                    "V008__rollup_cache.sql",
                    "V009__fingerprints.sql",
                    "V010__likeness.sql");

    Migration {
        if (!name.matches("V\\d{3}__[a-z_]+\\.sql")) {
            throw new IllegalArgumentException("not a migration's name: " + name);
        }
    }

    static List<Migration> shipped() {
        return FILES.stream().map(Migration::load).toList();
    }

    int version() {
        return Integer.parseInt(name, 1, 4, 10);
    }

    String checksum() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Migration load(String name) {
        try (InputStream in = Migration.class.getResourceAsStream("migrations/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks migration " + name);
            }
            return new Migration(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
