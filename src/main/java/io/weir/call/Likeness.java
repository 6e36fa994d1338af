package io.weir.call;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call whose question means about the same as an earlier one's.
 *
 * @param of the earlier call
 * @param questionPpm how much alike the questions are: the cosine between what they mean, in parts
 *     per million
 * @param answerPpm the same of both answers, where the call was asked all the same to see; null
 *     where it got the earlier one's
 */
public record Likeness(UUID of, long questionPpm, @Nullable Long answerPpm) {
    private static final double MILLION = 1e6;

    /** Of two questions. */
    public static Likeness ofQuestions(UUID of, double question) {
        return new Likeness(of, Math.round(MILLION * question), null);
    }

    /** The same with what came of asking. */
    public Likeness checked(double answer) {
        return new Likeness(of, questionPpm, Math.round(MILLION * answer));
    }
}
