package io.weir.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a page.
 *
 * @param visitor null before the login
 * @param bar null where the page is not about a time
 * @param theme {@code light}, {@code dark}, or empty for the system's
 * @param notice what has just been done; empty for nothing
 */
record Frame(
        String title,
        List<Group> navigation,
        @Nullable Visitor visitor,
        @Nullable Bar bar,
        boolean emulated,
        Assets assets,
        String theme,
        String notice) {
    /** A part of the navigation. */
    record Group(String title, List<Link> links) {}

    /** A page in the navigation. */
    record Link(String title, String icon, String href, boolean current) {}

    /**
     * The bar for time and filters.
     *
     * @param live whether the page shows what is new by itself
     * @param polls whether it asks again every few seconds for that
     * @param toggleLive the address that changes that
     * @param csv the address of the page's first table as a file; null where it has none
     * @param asOf when the page was made, where that is a while ago
     */
    record Bar(
            String path,
            ViewQuery view,
            boolean live,
            boolean polls,
            String toggleLive,
            @Nullable String csv,
            @Nullable Instant asOf) {}
}
