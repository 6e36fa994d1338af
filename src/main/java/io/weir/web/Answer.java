package io.weir.web;

import io.weir.store.Table;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What a page, or one of its forms, answers. */
sealed interface Answer {
    /**
     * Shows a template.
     *
     * @param template the name of its file without the ending
     * @param model what it is about, its parameter {@code model}
     * @param tables what can be downloaded as CSV, by the name that is asked for; the first one is
     *     the page's own
     */
    record View(int status, String template, Object model, SequencedMap<String, Table> tables)
            implements Answer {
        /** The table to be downloadable as well. */
        View table(String name, Table table) {
            SequencedMap<String, Table> more = new LinkedHashMap<>(tables);
            more.put(name, table);
            return new View(status, template, model, more);
        }
    }

    /**
     * Goes elsewhere, after something was done.
     *
     * @param location a path of this site
     */
    record Redirect(String location) implements Answer {}

    /**
     * A file to download.
     *
     * @param name of the file
     */
    record File(String name, String type, byte[] content) implements Answer {}

    /** What comes while the page is open. */
    record Events(Tail tail) implements Answer {}

    /** A view. */
    static View view(String template, Object model) {
        return new View(200, template, model, new LinkedHashMap<>());
    }
}
