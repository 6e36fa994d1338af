package io.weir.report;

import io.weir.wire.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says what was found in sentences for a person.
 *
 * @param before what it was set against
 */
record WhyWords(Span asked, Span before) {
    /** From then on a rate or a number of calls counts as changed. */
    private static final double CHANGED = 1.3;

    /** The words of the attributes, {@code all} for every call. */
    String attributes(Cause cause) {
        return cause.traits().isEmpty()
                ? "all"
                : cause.traits().stream()
                        .map(trait -> trait.attribute().word())
                        .collect(Collectors.joining(" × "));
    }

    String values(Cause cause) {
        return cause.traits().isEmpty()
                ? "every call"
                : cause.traits().stream()
                        .map(trait -> trait.text(asked.length()))
                        .collect(Collectors.joining(" × "));
    }

    /** How unlikely chance is, of everything that was looked at. */
    static String confidence(double chance) {
        return chance < 1e-9
                ? "p < 1e-9"
                : chance < 1e-3
                        ? "p < 1e" + (int) Math.ceil(Math.log10(chance))
                        : String.format(Locale.ROOT, "p = %.3f", chance);
    }

    /** One cause. */
    String reads(Trouble trouble, Cause cause) {
        return subject(cause) + ": " + change(trouble, cause) + "; " + explains(trouble, cause);
    }

    /** What was counted, for those who see no cause and for those who see one. */
    String compared(Trouble trouble, Sides all, boolean nothing) {
        String sides =
                "%s against %s"
                        .formatted(
                                side(trouble, all.now(), asked),
                                side(trouble, all.before(), before));
        return trouble.word() + ": " + verdict(all, nothing) + sides + ".";
    }

    /** That not every call was looked at. */
    static String sampled(long oneIn) {
        return "There are many calls: every failed one was counted, and of the others one in %,d; numbers of calls and money are so many times what was counted."
                .formatted(oneIn);
    }

    private static String verdict(Sides all, boolean nothing) {
        boolean comparable = all.now().calls() >= 1 && all.before().calls() >= 1;
        return comparable ? (nothing ? "nothing stands out; " : "") : "nothing to compare; ";
    }

    private String subject(Cause cause) {
        return cause.traits().isEmpty()
                ? "every call alike"
                : cause.traits().stream()
                        .map(trait ->
                                trait.attribute().isTime()
                                        ? trait.text(asked.length())
                                        : trait.attribute().word()
                                                + " "
                                                + trait.text(asked.length()))
                        .collect(Collectors.joining(" with "));
    }

    private String change(Trouble trouble, Cause cause) {
        Tally now = cause.inside().now();
        Tally then = cause.inside().before();
        String rate = rate(trouble, now) + (hasTime(cause) ? "" : " since " + at(asked.since()));
        if (then.calls() < 1) {
            return rate + ", not seen before";
        }
        double pace = (double) asked.length().toNanos() / before.length().toNanos();
        boolean asBad = now.rate() < CHANGED * then.rate();
        boolean more = now.calls() > CHANGED * pace * then.calls();
        String numbers =
                more && (asBad || trouble == Trouble.COSTLY)
                        ? ", but %s calls instead of %s"
                                .formatted(count(now.calls()), count(pace * then.calls()))
                        : "";
        return rate + ", " + rate(trouble, then) + " before" + numbers;
    }

    private static String explains(Trouble trouble, Cause cause) {
        String part = percent(Math.min(1, cause.explained()));
        String what =
                switch (trouble) {
                    case SLOW -> "of the slow calls beyond the usual";
                    case FAILED -> "of the failures beyond the usual";
                    case COSTLY -> "of the rise in spend";
                };
        Trait symptom = trouble == Trouble.FAILED ? cause.symptom() : null;
        return "explains "
                + part
                + " "
                + what
                + (symptom == null ? "" : ", mostly " + symptom.value());
    }

    private static String side(Trouble trouble, Tally tally, Span span) {
        String of =
                "%s calls of %s/%s"
                        .formatted(count(tally.calls()), at(span.since()), at(span.until()));
        return switch (trouble) {
            case SLOW, FAILED ->
                    "%s (%s) of %s".formatted(count(tally.amount()), percent(tally.rate()), of);
            case COSTLY -> "%s for %s".formatted(dollars(tally.amount()), of);
        };
    }

    private static String rate(Trouble trouble, Tally tally) {
        return switch (trouble) {
            case SLOW, FAILED -> percent(tally.rate()) + " " + trouble.word();
            case COSTLY ->
                    "%s, %s a call".formatted(dollars(tally.amount()), dollars(tally.rate()));
        };
    }

    private static boolean hasTime(Cause cause) {
        return cause.traits().stream().anyMatch(trait -> trait.attribute().isTime());
    }

    private static String at(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String count(double calls) {
        return String.format(Locale.ROOT, "%,d", Math.round(calls));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    /** Three digits that count are enough for a sentence. */
    private static String dollars(double nanoUsd) {
        return "$"
                + BigDecimal.valueOf(nanoUsd / 1e9)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
