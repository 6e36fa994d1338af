package io.weir.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with a provider's books: its API's answers as JSON, or its dashboard's export as CSV. */
public final class BillFile {
    private static final long MOST_BYTES = 256L << 20;

    private final Bill bill;

    /** Reads into that bill. */
    public BillFile(Bill bill) {
        this.bill = bill;
    }

    /** Reads a file. */
    public void read(Path file) throws BillProblem {
        byte[] bytes;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new BillProblem(
                        "%s is larger than %d MB: export fewer days at a time."
                                .formatted(file, MOST_BYTES >> 20));
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BillProblem("%s cannot be read (%s).".formatted(file, e.getMessage()), e);
        }
        read(file.toString(), bytes);
    }

    /**
     * Reads what stands in a file.
     *
     * @param name what messages call it
     */
    public void read(String name, byte[] bytes) throws BillProblem {
        try {
            String text = new String(bytes, UTF_8);
            if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")) {
                new BillJson(bill).read(bytes);
            } else {
                new BillCsv(bill).read(text);
            }
        } catch (BillProblem e) {
            throw new BillProblem("%s: %s".formatted(name, e.getMessage()), e);
        }
    }
}
