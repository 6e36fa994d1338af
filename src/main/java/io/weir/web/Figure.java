package io.weir.web;

/**
 * A number as people read it.
 *
 * @param unit empty where there is none to write
 */
record Figure(String value, String unit) {
    /** What stands where there is no number. */
    static final Figure NONE = new Figure("–", "");

    /** Both, with a space between that does not break. */
    String text() {
        return unit.isEmpty() ? value : value + "\u00a0" + unit;
    }
}
