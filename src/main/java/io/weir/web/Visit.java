package io.weir.web;

import java.time.Instant;

/**
 * What a page is asked.
 *
 * @param path of the URL
 * @param view what the rest of the URL says
 * @param visitor who asks
 * @param segment what stands for the star of the page's path; empty where it has none
 * @param origin this server as the visitor's browser knows it, {@code http://127.0.0.1:8080}
 */
record Visit(
        String path, ViewQuery view, Visitor visitor, Instant now, String segment, String origin) {
    /** The address of a table of this view as a file. */
    String csv(String table) {
        return view.withParameter("format", "csv").withParameter("table", table).href(path);
    }
}
