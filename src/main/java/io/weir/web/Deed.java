package io.weir.web;

import io.weir.access.Denied;
import io.weir.config.ConfigException;
import java.io.IOException;
import java.util.NoSuchElementException;

/** Something done to what Weir looks after, which somebody may not be allowed to do. */
@FunctionalInterface
interface Deed {
    /**
     * Does it.
     *
     * @throws IllegalArgumentException with a sentence for whoever filled the form
     * @throws NoSuchElementException saying what there is none of
     * @throws Denied saying who may not do what
     * @throws IOException where the disk does not take it
     */
    Answer done() throws IOException;

    /** Something that is changed. */
    @FunctionalInterface
    interface Change {
        void make() throws IOException;
    }

    /**
     * Makes a change and goes to a page that says so, or says what is in its way.
     *
     * @param notice a word of {@link Notices}
     */
    static Answer changed(String page, String notice, Change change) {
        return answer(() -> {
            change.make();
            return new Answer.Redirect(page + "?notice=" + notice);
        });
    }

    /** Does it, and says what is in its way. */
    static Answer answer(Deed deed) {
        try {
            return deed.done();
        } catch (Denied e) {
            return Trouble.view(403, "Not done", e.getMessage() + ".");
        } catch (NoSuchElementException e) {
            return Trouble.view(404, "Not done", e.getMessage() + ".");
        } catch (IOException e) {
            return Trouble.view(500, "Not done", "It could not be kept: " + e.getMessage() + ".");
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
