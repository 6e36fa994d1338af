package io.weir.web;

import io.weir.store.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * What a page says when it cannot be shown.
 *
 * @param title what is wrong
 * @param advice what to do
 * @param passing whether it may pass by itself, so that it is worth trying again
 */
record Trouble(String title, String advice, boolean passing) {
    /** A view of it. */
    static Answer.View view(int status, String title, String advice) {
        return view(status, new Trouble(title, advice, false));
    }

    /** A view of a mistake in a URL or a form, whose message is a sentence for its writer. */
    static Answer.View view(int status, String title, IllegalArgumentException mistake) {
        return view(status, title, sentence(mistake.getMessage()));
    }

    /** A view of a store that cannot answer: a page like any other, which tries again. */
    static Answer.View storeAway(StoreUnavailable reason) {
        return view(
                200,
                new Trouble(
                        "The store cannot answer now",
                        sentence(reason.getMessage())
                                + " Calls are relayed and recorded all the same: the journal holds them until the store is back.",
                        true));
    }

    private static Answer.View view(int status, Trouble trouble) {
        Answer.View view = Answer.view("trouble", trouble);
        return new Answer.View(status, view.template(), view.model(), view.tables());
    }

    private static String sentence(@Nullable String message) {
        if (message == null || message.isEmpty()) {
            return "Something went wrong.";
        }
        String text = Character.toUpperCase(message.charAt(0)) + message.substring(1);
        return text.endsWith(".") ? text : text + ".";
    }
}
