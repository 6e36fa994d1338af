package io.weir.web;

/**
 * What has just been done, in words. A page's address names a notice by its word, so that no link
 * from elsewhere can make the dashboard say something of its own.
 */
final class Notices {
    private Notices() {}

    /** The sentence for a word; empty for any other. */
    static String text(String word) {
        return switch (word) {
            case "user-added" -> "The user was added.";
            case "user-changed" -> "The user was changed, and has to log in again.";
            case "user-removed" -> "The user was removed.";
            case "token-removed" ->
                    "The token was removed: whoever has it may do nothing any more.";
            case "key-changed" -> "The key was changed.";
            case "key-removed" -> "The key was removed; its calls stay.";
            case "price-set" -> "The price was set, and counts from now on.";
            case "price-removed" -> "The price that was set was removed.";
            case "prices-read" -> "The price file and the catalogue of models were read again.";
            case "repriced" -> "Calls of before have the prices there are.";
            case "project-changed" -> "The project was changed.";
            case "project-removed" -> "The project was removed; its calls stay.";
            case "rule-changed" -> "The rule counts.";
            case "rule-removed" -> "The rule was removed, and counts nothing any more.";
            case "upstream-key-changed" -> "The provider's key was changed.";
            case "upstream-key-removed" -> "The provider's key was removed.";
            case "cache-cleared" -> "The answers are forgotten.";
            case "acknowledged" -> "You look after it.";
            case "silenced" -> "Nobody is told for a while.";
            case "unsilenced" -> "The silence is over.";
            default -> "";
        };
    }
}
