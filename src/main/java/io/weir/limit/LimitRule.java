package io.weir.limit;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A rule of how much may be asked for.
 *
 * @param name by which it is known
 * @param which calls it counts
 * @param amounts what it allows to each of its counters
 * @param patience how long a call may wait for its turn before it is refused
 */
public record LimitRule(String name, Which which, Map<Measure, Long> amounts, Duration patience) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._-]{0,99}");
    private static final long MOST = 1_000_000_000_000L;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    public LimitRule {
        amounts =
                amounts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(amounts));
        requireName(name);
        if (amounts.isEmpty()) {
            throw new IllegalArgumentException("the limit '%s' limits nothing".formatted(name));
        }
        if (patience.isNegative() || patience.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(
                    "calls wait up to %d minutes, not %s"
                            .formatted(LONGEST_WAIT.toMinutes(), patience));
        }
        amounts.forEach((measure, amount) -> {
            if (amount < 1 || amount > MOST) {
                throw new IllegalArgumentException(
                        "%s is a whole number from 1 to %,d".formatted(measure.word(), MOST));
            }
        });
    }

    /** One that refuses at once. */
    public LimitRule(String name, Which which, Map<Measure, Long> amounts) {
        this(name, which, amounts, Duration.ZERO);
    }

    /** The same of other calls. */
    public LimitRule counting(Which other) {
        return new LimitRule(name, other, amounts, patience);
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' cannot be a rule's name: give 1 to 100 letters, digits, ':', '.', '_' and '-'"
                            .formatted(name));
        }
    }
}
