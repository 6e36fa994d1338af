package io.weir.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An hour of a real service's load, every tenth call of it, with three things that go wrong: a
 * model is slow, another is refused for a while, and a job calls in a loop.
 */
final class StoryTrace {
    /** What the hour is of. */
    static final Duration LENGTH = Duration.ofHours(1);

    /** When {@code gpt-4o}'s calls go to a model that takes 800 ms. */
    static final Fault SLOW = new Fault("slow-first-token-800ms", 37, 42);

    /** When half of {@code gpt-4o-mini}'s calls get a 429. */
    static final Fault REFUSED = new Fault("error-429", 47, 52);

    /** When a job makes the same call every second. */
    static final Fault LOOP = new Fault("gpt-4.1-nano", 47, 58);

    private static final Path AZURE =
            Path.of("src/test/data/traces/AzureLLMInferenceTrace_conv.csv");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS", Locale.ROOT);
    private static final int ONE_OF = 10;
    private static final String HEADING = "offset_ms,input_tokens,output_tokens,model";

    /**
     * Something that goes wrong.
     *
     * @param model that is asked instead
     * @param from in minutes from the beginning
     */
    record Fault(String model, int from, int until) {
        boolean at(long millis) {
            return millis >= from * 60_000L && millis < until * 60_000L;
        }
    }

    private StoryTrace() {}

    /** Writes what the application does. */
    static Path application(Path directory) throws IOException {
        List<String> rows = Files.readAllLines(AZURE);
        LocalDateTime first = LocalDateTime.parse(rows.get(1).split(",", -1)[0], TIME);
        List<String> trace = new ArrayList<>(List.of(HEADING));
        for (int i = 1; i < rows.size(); i += ONE_OF) {
            String[] row = rows.get(i).split(",", -1);
            long offset = Duration.between(first, LocalDateTime.parse(row[0], TIME)).toMillis();
            String model = model(i / ONE_OF, offset);
            trace.add("%d,%s,%s,%s".formatted(offset, row[1], row[2], model));
        }
        return Files.write(directory.resolve("application.csv"), trace);
    }

    /** Writes what the job does: a call every two minutes, and then the loop. */
    static Path job(Path directory) throws IOException {
        List<String> trace = new ArrayList<>(List.of(HEADING));
        IntStream.range(0, (int) LENGTH.toSeconds())
                .filter(second -> second % 120 == 0 || LOOP.at(second * 1_000L))
                .forEach(second ->
                        trace.add("%d,420,12,%s".formatted(second * 1_000L, LOOP.model())));
        return Files.write(directory.resolve("job.csv"), trace);
    }

    private static String model(int number, long offset) {
        if (number % 3 == 0) {
            return SLOW.at(offset) ? SLOW.model() : "gpt-4o";
        }
        return REFUSED.at(offset) && number % 3 == 1 ? REFUSED.model() : "gpt-4o-mini";
    }
}
