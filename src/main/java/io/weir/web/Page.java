package io.weir.web;

import io.weir.http.Access;
import io.weir.store.StoreUnavailable;
import java.util.List;
import java.util.Optional;

/**
 * A page of the dashboard. Stateless; a new one is a file, a template and a line in {@link Pages}.
 */
interface Page {
    /**
     * Exact, or ending in {@code /*} for exactly one more segment: one of many, which the
     * navigation counts to the page of the path without.
     */
    String path();

    /** Its heading, and what the navigation calls it. */
    String title();

    /** Where the navigation shows it; a page that others lead to is not shown there. */
    default Optional<Place> place() {
        return Optional.empty();
    }

    /** Who may see it. */
    default Access access() {
        return Access.VIEWER_SESSION;
    }

    /** Whether it is about calls of a time, and so has the bar for time and filters. */
    default boolean hasWindow() {
        return true;
    }

    /** Whether, live, it is told of news; other pages ask for them every few seconds. */
    default boolean streams() {
        return false;
    }

    /**
     * Whether what it shows may be shown again for a while, if that took the store long. It must
     * not depend on who asks.
     */
    default boolean keeps() {
        return false;
    }

    /**
     * What it shows.
     *
     * @throws IllegalArgumentException with a sentence for whoever wrote the URL
     */
    Answer answer(Visit visit) throws StoreUnavailable;

    /** What can be done on it. */
    default List<Form> forms() {
        return List.of();
    }
}
