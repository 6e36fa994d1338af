package io.weir.reconcile;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * What is compared with its like on the other side.
 *
 * @param day of UTC
 * @param model the one that answered
 * @param project Weir's name for it; {@link Projects#ALL} where projects are not told apart
 */
record Slot(LocalDate day, String model, String project) implements Comparable<Slot> {
    private static final Comparator<Slot> ORDER =
            Comparator.comparing(Slot::day).thenComparing(Slot::model).thenComparing(Slot::project);

    /** The same so many days later. */
    Slot plusDays(int days) {
        return new Slot(day.plusDays(days), model, project);
    }

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }
}
