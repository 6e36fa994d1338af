package io.weir.export;

import java.util.BitSet;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Which calls a destination has: a bit for each of the numbered ones. Its methods lock it. */
final class Receipts implements Consumer<UUID> {
    private final BitSet numbered = new BitSet();
    private final Set<UUID> others = new HashSet<>();
    private int received;

    @Override
    public synchronized void accept(UUID id) {
        received++;
        OptionalInt number = NumberedCalls.number(id);
        if (number.isPresent()) {
            numbered.set(number.getAsInt());
        } else {
            others.add(id);
        }
    }

    /** Beside the first so many numbered calls. */
    synchronized Tally tally(int sent) {
        int distinct = numbered.cardinality() + others.size();
        int there = numbered.get(0, sent).cardinality();
        return new Tally(sent, received, sent - there, received - distinct);
    }
}
