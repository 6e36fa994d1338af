package io.weir.access;

import io.weir.config.ConfigException;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every change of who may do what, in a file that is only ever appended to. What there is now is
 * what the changes add up to, so that the log cannot differ from it. Each line carries a hash of
 * its own text and of the line before: one that is altered, left out or put in between is found.
 * Whoever appends holds {@link Control}'s lock; it is read by anybody.
 */
final class AuditLog implements Closeable {
    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
    private static final String LINK = ",\"link\":\"";
    private static final String BEGINNING = "0".repeat(64);

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LINK_CHARS = LINK.length() + BEGINNING.length() + "\"}".length();

    private final FileChannel file;
    private volatile Place end;

    /** What stands before some line: so many lines and bytes, and the link of the last of them. */
    private record Place(long number, long bytes, String link) {}

    private AuditLog(FileChannel file, Place end) {
        this.file = file;
        this.end = end;
    }

    /**
     * Reads it from its beginning, and is ready to append.
     *
     * @param each is given what every change was about, the oldest first
     * @throws ConfigException where a line is not what was written
     */
    static AuditLog open(Path path, Consumer<Outcome> each) throws IOException {
        FileChannel file =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Place end = read(path, file, each);
            if (file.size() > end.bytes) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the last line of {0} was never complete, so nobody was told that it counts: it is cut off",
                        path);
                file.truncate(end.bytes);
            }
            return new AuditLog(file, end);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The number of the latest change; 0 before the first. */
    long number() {
        return end.number;
    }

    /**
     * Appends changes, all or none; they are on the disk when this returns.
     *
     * @param changes numbered on from {@link #number()}
     */
    void append(Collection<Change> changes) throws IOException {
        StringBuilder text = new StringBuilder();
        String link = end.link;
        for (Change change : changes) {
            String json = change.json().toString();
            String unlinked = json.substring(0, json.length() - 1);
            link = link(link, unlinked);
            text.append(unlinked).append(LINK).append(link).append("\"}\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        try {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                file.write(left, end.bytes + left.position());
            }
            file.force(false);
        } catch (IOException e) {
            file.truncate(end.bytes);
            throw e;
        }
        end = new Place(end.number + changes.size(), end.bytes + bytes.length, link);
    }

    /** The latest changes of those wanted, the latest first. */
    List<Change> latest(Predicate<Change> wanted, int most) throws IOException {
        List<Change> latest = new ArrayList<>();
        Lines.Reader lines = Lines.backwards(file, end.bytes);
        byte @Nullable [] line = lines.next();
        while (line != null && latest.size() < most) {
            Change change = Change.of(Json.MAPPER.readTree(line));
            if (wanted.test(change)) {
                latest.add(change);
            }
            line = lines.next();
        }
        return latest;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Two threads look at every line: one checks the links, the other takes over what they say. */
    private static Place read(Path path, FileChannel file, Consumer<Outcome> each)
            throws IOException {
        MemorySegment whole =
                file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), Arena.ofAuto());
        Aside<Place> checking = Aside.begin("control-check", () -> checked(path, whole));
        LineScan line = new LineScan(whole);
        try {
            while (line.next()) {
                each.accept(Outcome.of(line, LINK_CHARS));
            }
        } catch (RuntimeException e) {
            // The other thread can say which line it is.
            checking.await();
            throw new ConfigException(
                    "%s has a line that is no change. Put the file back from a copy."
                            .formatted(path),
                    e);
        }
        return checking.await();
    }

    private static Place checked(Path path, MemorySegment whole) throws DigestException {
        MessageDigest sha = Secret.sha256();
        byte[] hash = new byte[sha.getDigestLength()];
        LineScan line = new LineScan(whole);
        byte[] link = BEGINNING.getBytes(StandardCharsets.US_ASCII);
        long number = 0;
        while (line.next()) {
            number++;
            try {
                check(line, sha, hash, link);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(
                        "Line %d of %s is not what was written: %s. Put the file back from a copy."
                                .formatted(number, path, e.getMessage()),
                        e);
            }
        }
        return new Place(number, line.position(), new String(link, StandardCharsets.US_ASCII));
    }

    /**
     * Checks that a line is what was written behind the line before.
     *
     * @param hash overwritten
     * @param link of the line before; of this one afterwards
     */
    private static void check(LineScan line, MessageDigest sha, byte[] hash, byte[] link)
            throws DigestException {
        int unlinked = line.length() - LINK_CHARS;
        if (unlinked <= 0) {
            throw new IllegalArgumentException("it is too short");
        }
        sha.update(link);
        sha.update(line.text(), line.from(), unlinked);
        System.arraycopy(line.text(), line.from() + unlinked + LINK.length(), link, 0, link.length);
        sha.digest(hash, 0, hash.length);
        if (!isHex(link, hash)) {
            throw new IllegalArgumentException(
                    "it, or a line before it, was altered, left out or put in");
        }
    }

    private static boolean isHex(byte[] text, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (text[2 * i] != DIGITS[bytes[i] >> 4 & 0xf]
                    || text[2 * i + 1] != DIGITS[bytes[i] & 0xf]) {
                return false;
            }
        }
        return true;
    }

    private static String link(String before, String unlinked) {
        return HexFormat.of().formatHex(Secret.sha256(before + unlinked));
    }
}
