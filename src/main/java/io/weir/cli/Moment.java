package io.weir.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A point in time as the admin API takes it: an instant, or how long ago.
 *
 * @param text {@code 90s}, {@code 15m}, {@code 24h}, {@code 7d} or {@code 2026-11-22T01:02:03Z}
 */
record Moment(String text) {
    /** Reads an option's value. */
    static final class Converter implements ITypeConverter<Moment> {
        @Override
        public Moment convert(String text) {
            if (text.matches("\\d{1,9}[smhd]")) {
                return new Moment(text);
            }
            try {
                return new Moment(Instant.parse(text).toString());
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "write 90s, 15m, 24h, 7d or 2026-11-22T01:02:03Z, not \"" + text + "\"");
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
