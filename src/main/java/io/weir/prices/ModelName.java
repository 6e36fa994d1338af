package io.weir.prices;

import org.jspecify.annotations.Nullable;

/**
 * The names a price may stand under when it does not stand under the model's own. Nothing is
 * remembered of names that were asked for: clients choose them.
 */
final class ModelName {
    /** Longer names are nobody's. */
    static final int MAX_LENGTH = 200;

    private static final String PROVIDER = "openai/";
    private static final String FINE_TUNED = "ft:";
    private static final String DATE = "-dddd-dd-dd";

    private ModelName() {}

    /** The name without its provider: {@code openai/gpt-4o} is {@code gpt-4o}. */
    static String withoutProvider(String name) {
        return name.startsWith(PROVIDER) ? name.substring(PROVIDER.length()) : name;
    }

    /**
     * The next more general name: {@code ft:gpt-4o-mini-2024-07-18} for {@code
     * ft:gpt-4o-mini-2024-07-18:org::id}, then {@code ft:gpt-4o-mini}; {@code gpt-4o} for {@code
     * gpt-4o-2024-08-06}. Null where there is none.
     */
    static @Nullable String moreGeneral(String name) {
        if (name.startsWith(FINE_TUNED)) {
            int end = name.indexOf(':', FINE_TUNED.length());
            if (end >= 0) {
                return name.substring(0, end);
            }
        }
        return endsInDate(name) ? name.substring(0, name.length() - DATE.length()) : null;
    }

    private static boolean endsInDate(String name) {
        int start = name.length() - DATE.length();
        if (start <= 0) {
            return false;
        }
        for (int i = 0; i < DATE.length(); i++) {
            char seen = name.charAt(start + i);
            boolean fits = DATE.charAt(i) == '-' ? seen == '-' : seen >= '0' && seen <= '9';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
