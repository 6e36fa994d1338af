package io.weir.report;

/**
 * What speaks for calls being the cause.
 *
 * @param excess the amount beyond what was to be expected of them
 * @param expected the amount that was
 * @param score how much likelier the calls are with this cause than without: the logarithm of the
 *     ratio, to choose by
 * @param lift how many times as bad they are as the others; infinite where no other is bad
 * @param chance how likely the same or more would be if they were like the others and as before
 */
record Evidence(double excess, double expected, double score, double lift, double chance) {
    static final Evidence NONE = new Evidence(0, 0, 0, 0, 1);
}
