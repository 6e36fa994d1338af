package io.weir.cli;

import io.weir.replay.BenchPlan.Load;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a benchmark loads its targets, and for how long. */
final class BenchLoadOptions {
    @Option(
            names = "--rate",
            paramLabel = "CALLS",
            defaultValue = "500",
            description = "Calls a second. Default: ${DEFAULT-VALUE}.")
    private double rate = 500;

    @Option(
            names = "--closed",
            paramLabel = "COUNT",
            description = {
                "Instead of a rate: so many connections, each calling as fast as it is",
                "answered; for CPU a call at saturation."
            })
    private @Nullable Integer closed;

    @Option(
            names = "--connections",
            paramLabel = "COUNT",
            defaultValue = "64",
            description = "Connections at most. Default: ${DEFAULT-VALUE}.")
    private int connections = 64;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            defaultValue = "5",
            description = "How often every target has its turn. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "20s",
            converter = Time.class,
            description = "Measured time of a turn: 500ms, 20s, 2m. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofSeconds(20);

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "3s",
            converter = Time.class,
            description = "Load before it, not measured. Default: ${DEFAULT-VALUE}.")
    private Duration warmup = Duration.ofSeconds(3);

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "500ms",
            converter = Time.class,
            description = {
                "Quiet time after it, whose CPU still counts as the target's.",
                "Default: ${DEFAULT-VALUE}."
            })
    private Duration settle = Duration.ofMillis(500);

    /** Open or closed loop. */
    Load load() {
        require(rate > 0 && rate <= 1e6, "--rate is above 0 and at most 1000000.");
        require(connections > 0 && connections <= 65_536, "--connections is 1 to 65536.");
        require(closed == null || (closed > 0 && closed <= 65_536), "--closed is 1 to 65536.");
        return closed == null ? new Load.Open(rate, connections) : new Load.Closed(closed);
    }

    int rounds() {
        require(rounds > 0, "--rounds is at least 1.");
        return rounds;
    }

    Duration duration() {
        require(duration.isPositive(), "--duration is above 0.");
        return duration;
    }

    Duration warmup() {
        return warmup;
    }

    Duration settle() {
        return settle;
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new CommandFailure(ExitCode.USAGE, message);
        }
    }

    /** Reads {@code 500ms}, {@code 20s}, {@code 2m}. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("\\d{1,7}(ms|s|m)")) {
                throw new TypeConversionException("write 500ms, 20s or 2m, not \"" + text + "\"");
            }
            long number = Long.parseLong(text.replaceAll("\\D", ""));
            return switch (text.replaceAll("\\d", "")) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMinutes(number);
            };
        }
    }
}
