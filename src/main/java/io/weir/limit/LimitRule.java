package io.weir.limit;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A rule of how much may be asked for.
 *
 * @param name by which it is known
 * @param which calls it counts
 * @param amounts what it allows to each of its counters
 */
public record LimitRule(String name, Which which, Map<Measure, Long> amounts) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._-]{0,99}");
    private static final long MOST = 1_000_000_000_000L;

    public LimitRule {
        amounts = Map.copyOf(amounts);
        requireName(name);
        if (amounts.isEmpty()) {
            throw new IllegalArgumentException("the limit '%s' limits nothing".formatted(name));
        }
        amounts.forEach((measure, amount) -> {
            if (amount < 1 || amount > MOST) {
                throw new IllegalArgumentException(
                        "%s is a whole number from 1 to %,d".formatted(measure.word(), MOST));
            }
        });
    }

    /** The same of other calls. */
    public LimitRule counting(Which other) {
        return new LimitRule(name, other, amounts);
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' cannot be a rule's name: give 1 to 100 letters, digits, ':', '.', '_' and '-'"
                            .formatted(name));
        }
    }
}
