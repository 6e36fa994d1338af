package io.weir.emulator;

import java.util.List;
import java.util.stream.Stream;

/**
 * Words that are one token each with the space before them, in cl100k_base, o200k_base and the two
 * encodings before those. Prose made of them has as many tokens as words and full stops.
 */
final class Words {
    static final List<String> NOUNS =
            spaced(
                    """
                    river garden letter window story morning table song market bridge road child
                    teacher captain doctor writer farmer sister brother mother father friend king
                    queen soldier student driver village city forest mountain valley island harbor
                    ship boat train wagon horse dog cat bird fish bear wolf lion fox moon sun star
                    cloud storm rain snow wind fire lamp candle clock bell key door room house
                    kitchen library church school tower castle wall gate path field hill lake beach
                    stone tree flower leaf seed root fruit apple bread cup bottle knife book page
                    map picture mirror coat hat shoe ring crown coin box basket chair bed blanket
                    pillow drum guitar piano violin dance dream shadow secret promise question
                    lesson game race journey summer winter spring night day week year minute voice
                    whisper smile hand heart stranger neighbor painter poet baker sailor hunter
                    singer
                    """);
    static final List<String> ADJECTIVES =
            spaced(
                    """
                    quiet little great long short tall small big bright dark warm cold deep high low
                    soft hard heavy light slow quick late young new fresh clean dry wet sweet bitter
                    sharp round square wide narrow thin thick strong weak brave kind gentle wise
                    proud lonely happy sad calm wild free full hidden broken golden silver green
                    blue red white black yellow brown gray wooden strange famous simple clear
                    perfect careful curious patient silent hungry lucky noble rare royal
                    """);
    static final List<String> VERBS =
            spaced(
                    """
                    followed crossed carried found left saw heard loved watched painted opened
                    closed held kept brought sent lost met helped taught learned called named moved
                    turned touched reached passed entered visited remembered forgot read wrote told
                    showed built broke made bought sold gave took chose caught threw pulled pushed
                    lifted dropped filled covered guarded served joined led chased praised warned
                    thanked surprised pleased welcomed greeted repaired drew
                    """);
    static final List<String> PREPOSITIONS =
            spaced(
                    """
                    across behind beside beyond near under over above below inside outside before
                    after with without toward through around along against beneath by from past
                    """);
    static final List<String> DETERMINERS =
            spaced("the the the a a every one this that some his her their");

    /** Words that begin a sentence, with the space before them. */
    static final List<String> OPENERS = spaced("The The The A Every One This That Some His Her");

    private Words() {}

    private static List<String> spaced(String words) {
        return Stream.of(words.strip().split("\\s+")).map(word -> " " + word).toList();
    }
}
