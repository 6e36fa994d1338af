package io.weir.prices;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The price book in force: what comes with Weir, and over it what is nearer to whoever runs it. It
 * is replaced as a whole; whoever prices a call takes it once, without a lock.
 */
public final class Prices implements Supplier<PriceBook> {
    private final PriceBook shipped;
    private final Map<Layer, List<PriceEntry>> layers = new EnumMap<>(Layer.class);
    private volatile PriceBook book;

    /** Where prices come from beside the shipped book; a later one counts before an earlier. */
    public enum Layer {
        /** The configuration's {@code prices}. */
        CONFIGURATION,
        /** The price file. */
        FILE,
        /** What was set by command. */
        COMMAND;

        /** The word for it. */
        public String word() {
            return switch (this) {
                case CONFIGURATION -> "configuration";
                case FILE -> "file";
                case COMMAND -> "command";
            };
        }
    }

    /** Over that book, nothing as yet. */
    public Prices(PriceBook shipped) {
        this.shipped = shipped;
        this.book = shipped;
    }

    /** The book in force. */
    @Override
    public PriceBook get() {
        return book;
    }

    /**
     * Replaces a layer.
     *
     * @throws IllegalArgumentException where two of its entries price one name from the same day
     *     on; nothing has changed then
     */
    public synchronized void set(Layer layer, List<PriceEntry> entries) {
        Map<Layer, List<PriceEntry>> changed = new EnumMap<>(layers);
        changed.put(layer, List.copyOf(entries));
        PriceBook next = shipped;
        for (List<PriceEntry> over : changed.values()) {
            next = next.withOverrides(over);
        }
        layers.put(layer, List.copyOf(entries));
        book = next;
    }

    /** Where an entry of the book in force comes from: {@code shipped}, or its layer's word. */
    public synchronized String origin(PriceEntry entry) {
        for (Layer layer : List.of(Layer.COMMAND, Layer.FILE, Layer.CONFIGURATION)) {
            if (layers.getOrDefault(layer, List.of()).stream().anyMatch(entry::sharesPrices)) {
                return layer.word();
            }
        }
        return "shipped";
    }
}
