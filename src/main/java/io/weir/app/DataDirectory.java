package io.weir.app;

import io.weir.config.ConfigException;
import io.weir.wire.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The one directory where everything is, held by one process at a time. */
public final class DataDirectory implements Closeable {
    private static final int KEY_BYTES = 32;

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes it, if it is not there, and takes hold of it.
     *
     * @throws ConfigException when it cannot be used, or another process holds it
     */
    public static DataDirectory open(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel lockFile =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!held(lockFile)) {
                lockFile.close();
                throw new ConfigException(
                        "The data directory "
                                + path
                                + " is in use by another Weir. Stop that one, or choose another with --data.");
            }
            return new DataDirectory(path, lockFile);
        } catch (IOException e) {
            throw new ConfigException(
                    "The data directory "
                            + path
                            + " cannot be used ("
                            + e.getMessage()
                            + "). Choose another with --data.");
        }
    }

    /** A path within it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * The key in a file of one line, readable by its owner only; a random one is made at the first
     * start.
     *
     * @param prefix what the new key begins with, so that a leaked one is known for what it is
     */
    public Secret key(String file, String prefix) {
        Path keyFile = path.resolve(file);
        try {
            if (Files.notExists(keyFile)) {
                create(keyFile, prefix);
            }
            return new Secret(Files.readString(keyFile));
        } catch (IOException e) {
            throw new ConfigException(
                    "The key file " + keyFile + " cannot be used: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "The key file " + keyFile + " holds no key. Delete it to have a new one made.");
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private static void create(Path keyFile, String prefix) throws IOException {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        try (FileChannel out =
                FileChannel.open(
                        keyFile,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            out.write(
                    java.nio.ByteBuffer.wrap(
                            key.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            out.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("it appeared while it was made", e);
        }
    }

    private static boolean held(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
