package io.weir.call;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When the pieces of an answer were relayed, as a {@link PaceLog} noted it. */
public record Pace(List<Piece> pieces) {
    private static final Pattern PIECE = Pattern.compile("(\\d{1,15})\\+(\\d{1,9})(?: |$)");

    /**
     * Bytes that were relayed together.
     *
     * @param micros after the call was received
     */
    public record Piece(long micros, int bytes) {}

    public Pace {
        pieces = List.copyOf(pieces);
    }

    /** Reads one; what cannot be read, and all that follows it, is left out. */
    public static Pace parse(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        long micros = 0;
        while (matcher.lookingAt()) {
            micros += Long.parseLong(matcher.group(1));
            pieces.add(new Piece(micros, Integer.parseInt(matcher.group(2))));
            matcher.region(matcher.end(), text.length());
        }
        return new Pace(pieces);
    }
}
