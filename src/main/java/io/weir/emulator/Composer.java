package io.weir.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The model's part: turns what is asked into what is said, the same for the same ask. */
final class Composer {
    /**
     * An explicit limit up to here is filled exactly, so that recorded load replays token for
     * token; a higher one is a mere bound, as models take it.
     */
    static final int FILLED_LIMIT = 2_048;

    private static final int SHORTEST_ANSWER = 20;
    private static final int LONGEST_ANSWER = 200;
    private static final int LONG_ANSWER = 4_096;
    private static final int LONGEST_POSSIBLE = 32_768;
    private static final int FILTERED_AFTER = 8;
    private static final int REASONING_BLOCK = 64;
    private static final Pattern JSON_PIECE =
            Pattern.compile("[\"{}\\[\\],:]+| ?[^\\s\"{}\\[\\],:]{1,12}|\\s+");
    private static final List<String> REFUSAL =
            List.of("I", "'m", " sorry", ",", " I", " can", "'t", " help", " with", " that", ".");
    private static final String UNICODE =
            "Ça va ? Smörgåsbord für alle: naïve café, Ωμέγα, 東京の雨, 🌧️☕📚 and 👩‍👩‍👧 too.";

    private final TokenCount tokenCount;

    Composer(TokenCount tokenCount) {
        this.tokenCount = tokenCount;
    }

    /** One choice of an answer. */
    Turn compose(Ask ask, int choice) {
        RandomGenerator random = new SplittableRandom(ask.seed() + choice * 0x632BE59BD9B4E019L);
        if (ask.quirk() == Quirk.REFUSAL) {
            return new Turn.Declines(Speech.ofPieces(REFUSAL, Speech.STOP));
        }
        List<Tools.Function> functions = ask.tools().toCall(ask.question());
        if (!functions.isEmpty()) {
            return calls(ask, functions, random);
        }
        Speech speech =
                switch (ask.form()) {
                    case Form.Free free -> prose(ask, choice, random);
                    case Form.AnyObject any -> json(ask, "{\"answer\":\"" + word(random) + "\"}");
                    case Form.Shaped shaped ->
                            json(ask, sample(shaped.schema(), ask, random).toString());
                };
        return new Turn.Says(speech);
    }

    /** Tokens thought and not said, before this choice. */
    int reasoningTokens(Ask ask, int choice) {
        if (ask.quirk() != Quirk.REASONING) {
            return 0;
        }
        int blocks = 1 + Math.floorMod(ask.seed() + choice, 8);
        int wanted = blocks * REASONING_BLOCK;
        return ask.limit() == Ask.UNLIMITED ? wanted : Math.min(wanted, ask.limit() / 2);
    }

    private Turn calls(Ask ask, List<Tools.Function> functions, RandomGenerator random) {
        List<Turn.Call> calls = new ArrayList<>();
        int tokens = 0;
        for (Tools.Function function : functions) {
            String arguments = sample(function.parameters(), ask, random).toString();
            calls.add(new Turn.Call(function.name(), jsonPieces(arguments)));
            tokens += tokenCount.count(ask.model(), function.name());
            tokens += tokenCount.count(ask.model(), arguments);
        }
        // OpenAI ends a call that a named tool_choice forced with "stop".
        String reason = ask.tools().named() == null ? "tool_calls" : Speech.STOP;
        return new Turn.Calls(calls, tokens, reason);
    }

    private static JsonNode sample(JsonNode schema, Ask ask, RandomGenerator random) {
        return new SchemaSample(schema, random, Hints.in(ask.question())).value();
    }

    private Speech prose(Ask ask, int choice, RandomGenerator random) {
        if (ask.quirk() == Quirk.UNICODE) {
            return json(ask, UNICODE);
        }
        Optional<List<String>> canned = CannedAnswers.to(ask.question(), ask.seed() + choice);
        int natural =
                canned.map(List::size)
                        .orElseGet(() -> random.nextInt(SHORTEST_ANSWER, LONGEST_ANSWER + 1));
        int reasoning = reasoningTokens(ask, choice);
        int tokens = textTokens(ask, natural, reasoning);
        List<String> pieces = Prose.tell(random, canned.orElse(Prose.OPENING), natural, tokens);
        if (ask.quirk() == Quirk.FILTERED) {
            int shown = Math.min(FILTERED_AFTER, pieces.size());
            return Speech.ofPieces(pieces.subList(0, shown), Speech.CONTENT_FILTER);
        }
        boolean cut = ask.limitedBelow(tokens + reasoning + 1);
        return stopped(ask, Speech.ofPieces(pieces, cut ? Speech.LENGTH : Speech.STOP));
    }

    private static int textTokens(Ask ask, int natural, int reasoning) {
        int wanted = ask.quirk() == Quirk.LONG ? LONG_ANSWER : natural;
        if (ask.limit() == Ask.UNLIMITED) {
            return wanted;
        }
        boolean fills = ask.quirk() == Quirk.LONG || ask.limit() <= FILLED_LIMIT;
        int room = Math.min(ask.limit(), LONGEST_POSSIBLE) - reasoning;
        return fills ? room : Math.min(wanted, room);
    }

    private Speech json(Ask ask, String text) {
        Speech whole =
                new Speech(jsonPieces(text), tokenCount.count(ask.model(), text), Speech.STOP);
        return stopped(ask, ask.limitedBelow(whole.tokens()) ? shortened(ask, whole) : whole);
    }

    /** The longest beginning that the limit has room for. */
    private Speech shortened(Ask ask, Speech whole) {
        int low = 0;
        int high = whole.pieces().size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (count(ask, whole.pieces().subList(0, middle)) <= ask.limit()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        List<String> kept = whole.pieces().subList(0, low);
        return new Speech(kept, count(ask, kept), Speech.LENGTH);
    }

    private int count(Ask ask, List<String> pieces) {
        return tokenCount.count(ask.model(), String.join("", pieces));
    }

    /** The speech up to the first of the stop sequences. */
    private Speech stopped(Ask ask, Speech speech) {
        if (ask.stops().isEmpty()) {
            return speech;
        }
        String text = speech.text();
        int end = text.length();
        for (String stop : ask.stops()) {
            int found = text.indexOf(stop);
            end = found >= 0 && found < end ? found : end;
        }
        if (end == text.length()) {
            return speech;
        }
        List<String> kept = firstCharacters(speech.pieces(), end);
        return new Speech(kept, count(ask, kept), Speech.STOP);
    }

    private static List<String> firstCharacters(List<String> pieces, int characters) {
        List<String> kept = new ArrayList<>();
        int left = characters;
        for (String piece : pieces) {
            if (left <= 0) {
                break;
            }
            kept.add(piece.length() <= left ? piece : piece.substring(0, left));
            left -= piece.length();
        }
        return kept;
    }

    private static List<String> jsonPieces(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = JSON_PIECE.matcher(text);
        while (matcher.find()) {
            pieces.add(matcher.group());
        }
        return pieces;
    }

    private static String word(RandomGenerator random) {
        return Words.NOUNS.get(random.nextInt(Words.NOUNS.size())).strip();
    }
}
