package io.weir.alert;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What was told beside what a double has: how many came, are missing, and came more than once. */
record Tally(int told, int received, int lost, int twice) {
    private static final Pattern RULE = Pattern.compile("rule-([0-9]+)");

    /** Of the notifications 0 to {@code told}, by what of their rule is in each message. */
    static Tally of(int told, List<String> messages) {
        List<Integer> received = messages.stream().map(Tally::number).toList();
        Set<Integer> different = new HashSet<>(received);
        int lost = (int) IntStream.range(0, told).filter(each -> !different.contains(each)).count();
        return new Tally(told, received.size(), lost, received.size() - different.size());
    }

    /** Says it, for whoever reads a test's output. */
    Tally said(String of) {
        System.out.printf(
                "%s: told %d, received %d, lost %d, twice %d%n", of, told, received, lost, twice);
        return this;
    }

    private static int number(String message) {
        Matcher matcher = RULE.matcher(message);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no rule in " + message);
        }
        return Integer.parseInt(matcher.group(1));
    }
}
