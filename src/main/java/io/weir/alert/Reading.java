package io.weir.alert;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was read of a metric for a group of calls.
 *
 * @param group by dimension; empty for all together
 * @param value in the metric's unit
 * @param calls it is of
 * @param said by whoever found it, a line for people; empty where the value says it all
 */
record Reading(SortedMap<String, String> group, double value, long calls, String said) {
    /** By the group's names. */
    static final Comparator<SortedMap<String, String>> BY_GROUP =
            Comparator.comparing(Object::toString);

    Reading {
        group = new TreeMap<>(group);
    }

    Reading(SortedMap<String, String> group, double value, long calls) {
        this(group, value, calls, "");
    }
}
