package io.weir.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure, large, with what it was before and how it went.
 *
 * @param note where the figure comes from, or what it lacks; empty where there is nothing to say
 * @param spark the path of its little line, see {@link #spark}
 */
record Tile(String label, Figure figure, Delta delta, String note, String spark) {
    /** The size of the little line's canvas. */
    static final int WIDTH = 120;

    static final int HEIGHT = 28;

    /** A line through the values from left to right; null is a gap, and a lone value a dot. */
    static String spark(List<@Nullable Double> values) {
        double most = 0;
        for (@Nullable Double value : values) {
            most = Math.max(most, value == null ? 0 : value);
        }
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < values.size(); i++) {
            @Nullable Double value = values.get(i);
            if (value != null) {
                String point = point(i, values.size(), most == 0 ? 0 : value / most);
                boolean lone = !pen && (i + 1 == values.size() || values.get(i + 1) == null);
                path.append(pen ? "L" : "M").append(point);
                if (lone) {
                    path.append("h0.5");
                }
            }
            pen = value != null;
        }
        return path.toString();
    }

    private static String point(int index, int count, double height) {
        double x = count < 2 ? 0 : (double) index * WIDTH / (count - 1);
        double y = 1 + (HEIGHT - 2) * (1 - height);
        return String.format(Locale.ROOT, "%.1f %.1f", x, y);
    }
}
