package io.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever lies in a segment's file: it is read to its end, and what is given out is in there. */
class SegmentReaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void readsAnyBytesToTheirEnd(byte[] bytes) throws IOException {
        if (!ofANewerWeir(bytes)) {
            assertReadable(bytes);
        }
    }

    @Test
    void readsMutilatedSegmentsToTheirEnd() throws IOException {
        Random random = new Random(11);
        byte[] whole = segment(40);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = whole;
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes = mutilated(bytes, random);
            }
            if (!ofANewerWeir(bytes)) {
                assertOnlyGenuine(assertReadable(bytes));
            }
        }
    }

    private static void assertOnlyGenuine(List<Entry> entries) {
        for (Entry entry : entries) {
            assertThat(entry.id()).isEqualTo(Journals.id(entry.sequence()));
            assertThat(entry.payload()).isEqualTo(Journals.payload(entry.sequence()));
        }
    }

    private static List<Entry> assertReadable(byte[] bytes) throws IOException {
        Path path = Files.createTempFile("segment", Segment.SUFFIX);
        try {
            Files.write(path, bytes);
            return assertReadable(path, bytes);
        } finally {
            Files.delete(path);
        }
    }

    private static List<Entry> assertReadable(Path path, byte[] bytes) throws IOException {
        Segment segment = Segment.found(path, 1);
        List<Entry> entries = new ArrayList<>();
        long last = 0;
        try (SegmentReader reader = new SegmentReader(segment, KnownPayloads.NONE)) {
            Entry entry = reader.next(segment.endBytes());
            while (entry != null) {
                assertThat(entry.sequence()).isGreaterThan(last);
                last = entry.sequence();
                byte[] frame = Frame.of(entry.kind(), entry.id(), entry.payload()).numbered(last);
                int end = (int) reader.goodEnd();
                assertThat(Arrays.copyOfRange(bytes, end - frame.length, end)).isEqualTo(frame);
                entries.add(entry);
                entry = reader.next(segment.endBytes());
            }
            assertThat(reader.at()).isGreaterThanOrEqualTo(bytes.length);
        }
        return entries;
    }

    private static byte[] segment(int entries) {
        ByteBuffer segment = ByteBuffer.allocate(1 << 20);
        segment.put(new SegmentHeader(1, 1).encoded());
        for (long number = 1; number <= entries; number++) {
            segment.put(
                    Frame.of(Entry.Kind.CLOSED, Journals.id(number), Journals.payload(number))
                            .numbered(number));
        }
        return Arrays.copyOf(segment.array(), segment.position());
    }

    private static byte[] mutilated(byte[] bytes, Random random) {
        if (bytes.length < 2) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(200, bytes.length));
        byte[] changed = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed = Arrays.copyOf(bytes, at);
            case 2 -> Arrays.fill(changed, at, Math.min(bytes.length, at + length), (byte) 0);
            case 3 -> {
                int to = random.nextInt(bytes.length);
                int count = Math.min(length, bytes.length - Math.max(at, to));
                System.arraycopy(bytes, at, changed, to, count);
            }
            default -> {
                int count = Math.min(length, bytes.length - at);
                System.arraycopy(bytes, at + count, changed, at, bytes.length - at - count);
                changed = Arrays.copyOf(changed, bytes.length - count);
            }
        }
        return changed;
    }

    /** Which is refused by name, and not read. */
    private static boolean ofANewerWeir(byte[] bytes) {
        try {
            SegmentHeader.decoded(bytes, Path.of("segment"));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
