package io.weir.web;

import io.weir.http.Access;
import io.weir.http.Query;
import io.weir.store.StoreUnavailable;

/**
 * Something that a page can be told to do: a form posts to it, with the visitor's token among its
 * fields.
 */
record Form(String path, Access access, Deed deed) {
    /** Does it. */
    @FunctionalInterface
    interface Deed {
        /**
         * Does it.
         *
         * @throws IllegalArgumentException with a sentence for whoever filled the form
         */
        Answer done(Visit visit, Query fields) throws StoreUnavailable;
    }
}
