package io.weir.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which events a search finds, as Splunk ({@code status>=400}) and Loggly ({@code json.status:429})
 * have it in common: fields with values, NOT, AND, OR and parentheses. Splunk binds OR closer than
 * AND, Lucene does not: both beside each other, without parentheses, are refused.
 */
public final class SearchTerms {
    private static final Pattern TOKEN = Pattern.compile("[()]|(?:\"[^\"]*\"|[^\\s()\"])+");
    private static final Pattern TERM =
            Pattern.compile("([\\w.]+)(:|=|>=)(?:\"([^\"]*)\"|([^\\s\"]+))");

    private final List<String> tokens;
    private final Set<String> fields = new TreeSet<>();
    private int at;

    private SearchTerms(String search) {
        this.tokens = TOKEN.matcher(search).results().map(MatchResult::group).toList();
    }

    /** What a field's values are; none where the event has no such field. */
    @FunctionalInterface
    public interface Values extends Function<String, Collection<String>> {}

    /** Whether the search finds the event. */
    public static boolean find(String search, Values event) {
        return new SearchTerms(search).whole(event);
    }

    /** The fields that the search asks for. */
    static Set<String> fields(String search) {
        SearchTerms terms = new SearchTerms(search);
        terms.whole(field -> List.of());
        return terms.fields;
    }

    private boolean whole(Values event) {
        boolean found = expression(event);
        if (at < tokens.size()) {
            throw new IllegalArgumentException(
                    "'%s' is left of %s".formatted(tokens.get(at), tokens));
        }
        return found;
    }

    private boolean expression(Values event) {
        List<Boolean> parts = new ArrayList<>(List.of(factor(event)));
        Set<String> words = new TreeSet<>();
        while (at < tokens.size() && !tokens.get(at).equals(")")) {
            boolean or = tokens.get(at).equals("OR");
            words.add(or ? "OR" : "AND");
            at += or || tokens.get(at).equals("AND") ? 1 : 0;
            parts.add(factor(event));
        }
        if (words.size() > 1) {
            throw new IllegalArgumentException("AND and OR without parentheses: " + tokens);
        }
        return words.contains("OR") ? parts.contains(true) : !parts.contains(false);
    }

    private boolean factor(Values event) {
        String token = tokens.get(at++);
        if (token.equals("NOT")) {
            return !factor(event);
        }
        if (!token.equals("(")) {
            return term(token, event);
        }
        boolean within = expression(event);
        if (at == tokens.size()) {
            throw new IllegalArgumentException("a parenthesis is open: " + tokens);
        }
        at++;
        return within;
    }

    private boolean term(String token, Values event) {
        Matcher term = TERM.matcher(token);
        if (!term.matches()) {
            throw new IllegalArgumentException("'%s' is no field with a value".formatted(token));
        }
        fields.add(term.group(1));
        String wanted = term.group(3) == null ? term.group(4) : term.group(3);
        return event.apply(term.group(1)).stream()
                .anyMatch(value -> fits(value, term.group(2), wanted));
    }

    private static boolean fits(String value, String operator, String wanted) {
        if (operator.equals(">=")) {
            return Double.parseDouble(value) >= Double.parseDouble(wanted);
        }
        String pattern = Pattern.quote(wanted).replace("*", "\\E.*\\Q");
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(value).matches();
    }
}
