package io.weir.it;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The pages of a dashboard: those that links lead to, a page of many calls counted once. */
final class DashboardPages {
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final String LINKS =
            """
            () => [...document.querySelectorAll('a[href]')]
              .filter((link) => link.origin === location.origin && !link.hasAttribute('download'))
              .map((link) => link.pathname + link.search)
            """;

    private static final String DOWNLOADS =
            """
            () => [...document.querySelectorAll('a[href*="format="], a[download]')]
              .filter((link) => link.origin === location.origin)
              .map((link) => link.pathname + link.search)
            """;

    private DashboardPages() {}

    /** The address of one page of each kind, from the overview on. */
    static List<String> all(Visitor visitor) {
        List<String> found = new ArrayList<>();
        Set<String> kinds = new HashSet<>(Set.of("/"));
        Deque<String> next = new ArrayDeque<>(List.of("/"));
        while (!next.isEmpty()) {
            String address = next.removeFirst();
            visitor.open(address);
            found.add(address);
            for (String link : links(visitor.tab())) {
                if (kinds.add(kind(link))) {
                    next.addLast(link);
                }
            }
        }
        return found;
    }

    /** What the page in that tab offers to download. */
    static List<String> downloads(Page tab) {
        return texts(tab.evaluate(DOWNLOADS));
    }

    /** Where the page in that tab leads, downloads apart. */
    static List<String> links(Page tab) {
        List<String> downloads = downloads(tab);
        return texts(tab.evaluate(LINKS)).stream()
                .filter(link -> !downloads.contains(link))
                .toList();
    }

    /** Whether a link is to the page of one of many, a call for instance. */
    static boolean isOfOne(String link) {
        return ID.matcher(URI.create(link).getRawPath()).find();
    }

    private static String kind(String link) {
        return ID.matcher(URI.create(link).getRawPath()).replaceAll("*");
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> each
                ? each.stream().map(Object::toString).distinct().toList()
                : List.of();
    }
}
