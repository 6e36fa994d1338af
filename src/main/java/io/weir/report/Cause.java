package io.weir.report;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are a cause of trouble.
 *
 * @param traits what all of them have; none for every call
 * @param inside their tallies
 * @param explained the part of the excess that is theirs
 * @param chance how likely they would stand out so by chance, of all that was looked at
 * @param symptom what most of the bad ones among them look like
 */
record Cause(
        List<Trait> traits,
        Sides inside,
        double lift,
        double explained,
        double chance,
        @Nullable Trait symptom) {
    Cause {
        traits = traits.stream().sorted(Comparator.comparing(Trait::attribute)).toList();
    }

    /** The same with so many calls behind each one that was counted. */
    Cause times(long each) {
        return new Cause(traits, inside.times((double) each), lift, explained, chance, symptom);
    }
}
