package io.weir.web;

import io.weir.http.Access;
import io.weir.http.PostedFile;
import io.weir.http.Query;
import io.weir.store.StoreUnavailable;
import java.util.List;

/**
 * Something that a page can be told to do: a form posts to it, with the visitor's token among its
 * fields.
 *
 * @param takesFiles whether files may come with it
 */
record Form(String path, Access access, boolean takesFiles, FileDeed deed) {
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

    /** Does it with files. */
    @FunctionalInterface
    interface FileDeed {
        /**
         * Does it.
         *
         * @throws IllegalArgumentException with a sentence for whoever filled the form
         */
        Answer done(Visit visit, Query fields, List<PostedFile> files) throws StoreUnavailable;
    }

    /** One without files. */
    Form(String path, Access access, Deed deed) {
        this(path, access, false, (visit, fields, files) -> deed.done(visit, fields));
    }
}
