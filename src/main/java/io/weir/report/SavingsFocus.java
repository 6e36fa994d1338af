package io.weir.report;

import org.jspecify.annotations.Nullable;

/**
 * What the report of savings is to look at.
 *
 * @param way the one whose calls are to be shown; null for the sums of all
 * @param instead the model to compare with; null for the next smaller one of each family
 */
public record SavingsFocus(@Nullable String way, @Nullable String instead) {
    /** The sums of all ways. */
    public static final SavingsFocus ALL = new SavingsFocus(null, null);
}
