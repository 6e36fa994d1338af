package io.weir.emulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Strings and numbers that fit a schema. Belongs to one {@link SchemaSample}. */
final class ScalarSample {
    private static final int LONGEST_STRING = 10_000;
    private static final int USUAL_SPAN = 100;

    /** Beyond this a double does not hold every integer. */
    private static final double LARGEST = 9e15;

    private final RandomGenerator random;
    private final Hints hints;

    ScalarSample(RandomGenerator random, Hints hints) {
        this.random = random;
        this.hints = hints;
    }

    /** A string: of its format or pattern, or some words of a fitting length. */
    String string(JsonNode schema) {
        JsonNode pattern = schema.path("pattern");
        if (pattern.isString()) {
            Optional<String> fitting = PatternSample.of(pattern.stringValue(), random);
            if (fitting.isPresent()) {
                return fitting.get();
            }
        }
        return formatted(schema.path("format").stringValue("")).orElseGet(() -> words(schema));
    }

    /** A noun. */
    String word() {
        return pick(Words.NOUNS).strip();
    }

    private Optional<String> formatted(String format) {
        return switch (format) {
            case "date-time" ->
                    Optional.of(
                            "2026-%s-%sT%s:%s:00Z"
                                    .formatted(below(12), below(28), below(23), below(59)));
            case "date" -> Optional.of("2026-%s-%s".formatted(below(12), below(28)));
            case "time" -> Optional.of("%s:%s:00Z".formatted(below(23), below(59)));
            case "duration" -> Optional.of("P" + (1 + random.nextInt(30)) + "D");
            case "email" -> Optional.of(word() + "@example.com");
            case "hostname" -> Optional.of(word() + ".example.com");
            case "uri" -> Optional.of("https://example.com/" + word());
            case "ipv4" -> Optional.of("192.0.2." + random.nextInt(256));
            case "ipv6" -> Optional.of("2001:db8::" + Integer.toHexString(random.nextInt(65_536)));
            case "uuid" ->
                    Optional.of(
                            "%08x-0000-4000-8000-%012x"
                                    .formatted(random.nextInt(), random.nextInt(1 << 30)));
            default -> Optional.empty();
        };
    }

    private String words(JsonNode schema) {
        int least = Math.clamp(schema.path("minLength").asInt(0), 0, LONGEST_STRING);
        int most =
                Math.clamp(schema.path("maxLength").asInt(LONGEST_STRING), least, LONGEST_STRING);
        StringBuilder text = new StringBuilder(hints.name().orElseGet(this::word));
        while (text.length() < least) {
            text.append(pick(Words.NOUNS));
        }
        return text.length() <= most ? text.toString() : text.substring(0, most);
    }

    /** An integer within the schema's bounds. */
    long integer(JsonNode schema) {
        double step = Math.max(1, Math.rint(bound(schema, "multipleOf", 1)));
        double min =
                Math.max(
                        bound(schema, "minimum", -LARGEST),
                        bound(schema, "exclusiveMinimum", -LARGEST - 1) + 1);
        double max =
                Math.min(
                        bound(schema, "maximum", LARGEST),
                        bound(schema, "exclusiveMaximum", LARGEST + 1) - 1);
        Optional<Double> hint = hints.number(min, max);
        if (hint.isPresent() && hint.get() % step == 0) {
            return hint.get().longValue();
        }
        long low = (long) Math.ceil(start(min, max) / step);
        long high = (long) Math.floor(Math.min(max, low * step + USUAL_SPAN * step) / step);
        long chosen = high > low ? random.nextLong(low, high + 1) : low;
        return chosen * (long) step;
    }

    /** A number within the schema's bounds, with few decimals where there is room. */
    BigDecimal number(JsonNode schema) {
        double step = bound(schema, "multipleOf", 0.01);
        double above = bound(schema, "exclusiveMinimum", -LARGEST);
        double below = bound(schema, "exclusiveMaximum", LARGEST);
        double min = Math.max(bound(schema, "minimum", -LARGEST), above);
        double max = Math.min(bound(schema, "maximum", LARGEST), below);
        Optional<Double> hint = hints.number(Math.nextUp(min), Math.nextDown(max));
        if (hint.isPresent() && !schema.has("multipleOf")) {
            return BigDecimal.valueOf(hint.get());
        }
        if (!(step > 0) || (max - min < 4 * step && !schema.has("multipleOf"))) {
            return BigDecimal.valueOf(min / 2 + max / 2);
        }
        BigDecimal unit = BigDecimal.valueOf(step);
        BigDecimal first =
                BigDecimal.valueOf(start(min, max)).divide(unit, 0, RoundingMode.CEILING);
        BigDecimal chosen = first.multiply(unit);
        if (chosen.doubleValue() <= above) {
            chosen = chosen.add(unit);
        }
        BigDecimal further =
                chosen.add(unit.multiply(BigDecimal.valueOf(random.nextInt(USUAL_SPAN))));
        return further.doubleValue() < max ? further : chosen;
    }

    /** Where to look for a number: at the lower bound, else just below the upper, else at one. */
    private static double start(double min, double max) {
        if (min > -LARGEST) {
            return min;
        }
        return max < 1 ? max - USUAL_SPAN : 1;
    }

    private static double bound(JsonNode schema, String name, double otherwise) {
        JsonNode given = schema.path(name);
        return given.isNumber()
                ? Math.clamp(given.doubleValue(otherwise), -LARGEST, LARGEST)
                : otherwise;
    }

    private String below(int limit) {
        return "%02d".formatted(1 + random.nextInt(limit));
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
