package io.weir.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which groups a rule's condition holds of, from one instant to the next: pending until it has held
 * for long enough, then firing until it has not held for long enough. It does the same with what is
 * read now and with what is read of the past. Belongs to one thread.
 */
final class RuleWatch {
    private final Rule rule;
    private final SortedMap<SortedMap<String, String>, Cell> cells =
            new TreeMap<>(Reading.BY_GROUP);

    /** Goes on from there. */
    RuleWatch(Rule rule, Collection<Cell> before) {
        this.rule = rule;
        before.forEach(cell -> cells.put(cell.group(), cell));
    }

    /**
     * What changed at an instant.
     *
     * @param fired groups that fire from now on
     * @param ended groups that fired until now
     * @param any whether anything is other than before but values
     */
    record Change(List<Cell> fired, List<Cell> ended, boolean any) {
        Change {
            fired = List.copyOf(fired);
            ended = List.copyOf(ended);
        }
    }

    /** Takes what was read at the next instant. */
    Change step(Instant at, List<Reading> readings) {
        List<Cell> fired = new ArrayList<>();
        boolean any = false;
        for (Reading reading : readings) {
            if (rule.holds(reading)) {
                Cell before = cells.get(reading.group());
                Cell fresh = before == null ? fresh(at, reading) : before;
                Cell now = fresh.again(at, rule, reading);
                cells.put(reading.group(), now);
                any |= before == null;
                if (now.fires() && !fresh.fires()) {
                    fired.add(now);
                }
            }
        }
        List<Cell> ended = new ArrayList<>();
        for (Cell cell : List.copyOf(cells.values())) {
            boolean holds = cell.lastHeld().equals(at);
            if (!holds && (!cell.fires() || over(cell, at))) {
                cells.remove(cell.group());
                any = true;
                if (cell.fires()) {
                    ended.add(cell);
                }
            }
        }
        return new Change(fired, ended, any || !fired.isEmpty());
    }

    /** All groups of which it holds, or has held a moment ago. */
    List<Cell> cells() {
        return List.copyOf(cells.values());
    }

    /** Those that fire, the worst first. */
    List<Cell> firing() {
        return cells.values().stream().filter(Cell::fires).sorted(this::worstFirst).toList();
    }

    private static Cell fresh(Instant at, Reading reading) {
        return new Cell(reading.group(), at, at, null, reading.value(), "");
    }

    private boolean over(Cell cell, Instant at) {
        return !at.isBefore(cell.lastHeld().plus(rule.resolveAfter()));
    }

    private int worstFirst(Cell one, Cell other) {
        return rule.above()
                ? Double.compare(other.value(), one.value())
                : Double.compare(one.value(), other.value());
    }
}
