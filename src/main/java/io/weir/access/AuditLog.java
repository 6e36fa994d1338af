package io.weir.access;

import io.weir.config.ConfigException;
import io.weir.wire.Json;
import io.weir.wire.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

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

    /** Lines that are looked at together. */
    private static final int AT_ONCE = 2_048;

    private static final int LINK_CHARS = LINK.length() + BEGINNING.length() + "\"}".length();

    private final FileChannel file;
    private volatile Place end;

    /** What stands before some line: so many lines and bytes, and the link of the last of them. */
    private record Place(long number, long bytes, String link) {
        static final Place FIRST = new Place(0, 0, BEGINNING);
    }

    private AuditLog(FileChannel file, Place end) {
        this.file = file;
        this.end = end;
    }

    /**
     * Reads it from its beginning, and is ready to append.
     *
     * @param each is given every change, the oldest first
     * @throws ConfigException where a line is not what was written
     */
    static AuditLog open(Path path, Consumer<Change> each) throws IOException {
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

    private static Place read(Path path, FileChannel file, Consumer<Change> each)
            throws IOException {
        Place place = Place.FIRST;
        Lines.Reader lines = Lines.forwards(file);
        List<byte[]> some = next(lines);
        while (!some.isEmpty()) {
            for (Entry entry : checked(some, place.link)) {
                if (entry.problem != null) {
                    throw new ConfigException(
                            "Line %d of %s is not what was written: %s. Put the file back from a copy."
                                    .formatted(place.number + 1, path, entry.problem));
                }
                each.accept(Objects.requireNonNull(entry.change));
                place = new Place(place.number + 1, place.bytes + entry.bytes + 1, entry.link);
            }
            some = next(lines);
        }
        return place;
    }

    /**
     * A line that was looked at.
     *
     * @param change null where there is a problem
     * @param link that it bears
     * @param problem null where it is what was written
     */
    private record Entry(
            @Nullable Change change, int bytes, String link, @Nullable String problem) {}

    private static List<byte[]> next(Lines.Reader lines) throws IOException {
        List<byte[]> some = new ArrayList<>(AT_ONCE);
        byte @Nullable [] line = lines.next();
        while (line != null) {
            some.add(line);
            line = some.size() < AT_ONCE ? lines.next() : null;
        }
        return some;
    }

    /**
     * Looks at lines side by side, since a start waits for all of them: each bears its own link, so
     * that the next can be checked before that is.
     */
    private static List<Entry> checked(List<byte[]> lines, String before) {
        return IntStream.range(0, lines.size())
                .parallel()
                .mapToObj(i -> entry(lines.get(i), i == 0 ? before : link(lines.get(i - 1))))
                .toList();
    }

    private static Entry entry(byte[] line, String before) {
        int unlinked = line.length - LINK_CHARS;
        String link = link(line);
        try {
            if (unlinked <= 0) {
                throw new IllegalArgumentException("it is too short");
            }
            if (!link.equals(link(before, line, unlinked))) {
                throw new IllegalArgumentException(
                        "it, or a line before it, was altered, left out or put in");
            }
            Change change = Change.of(Json.MAPPER.readTree(line));
            return new Entry(change, line.length, link, null);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            return new Entry(null, line.length, link, String.valueOf(e.getMessage()));
        }
    }

    /** The link that a line bears; nothing like one where it is too short. */
    private static String link(byte[] line) {
        int from = line.length - LINK_CHARS + LINK.length();
        return from < 0
                ? ""
                : new String(line, from, BEGINNING.length(), StandardCharsets.US_ASCII);
    }

    private static String link(String before, byte[] line, int unlinked) {
        byte[] text =
                Arrays.copyOf(
                        before.getBytes(StandardCharsets.US_ASCII), before.length() + unlinked);
        System.arraycopy(line, 0, text, before.length(), unlinked);
        return HexFormat.of().formatHex(Secret.sha256(text));
    }

    private static String link(String before, String unlinked) {
        return HexFormat.of().formatHex(Secret.sha256(before + unlinked));
    }
}
