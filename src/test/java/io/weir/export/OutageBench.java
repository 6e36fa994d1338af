package io.weir.export;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An hour at 500 calls a second with all destinations away, and then a shorter one with less disk
 * than that takes; {@code bench/run outage}. Arguments: a directory, how many calls, how many in
 * the second run, and the second run's disk budget.
 */
final class OutageBench {
    private static final long SEGMENT_BYTES = 64 << 20;
    private static final String PATIENCE = "4s";

    private OutageBench() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        System.out.printf("a heap of at most %,d MiB%n", Runtime.getRuntime().maxMemory() >> 20);
        run(directory, Integer.parseInt(arguments[1]), "10GiB");
        System.out.println();
        run(directory, Integer.parseInt(arguments[2]), arguments[3]);
    }

    private static void run(Path directory, int calls, String diskBudget) throws Exception {
        Path its = Files.createTempDirectory(directory, "outage");
        try (OtherSide other = new DestinationsProcess(its.resolve("destinations"))) {
            new Outage(calls, SEGMENT_BYTES, diskBudget, PATIENCE)
                    .run(its.resolve("data"), other, System.out);
        }
    }
}
