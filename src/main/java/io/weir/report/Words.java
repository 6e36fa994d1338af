package io.weir.report;

/** Expressions over the columns of {@code calls} that more than one report needs. */
final class Words {
    static final String INPUT =
            "(input_tokens + cache_read_tokens + cache_write_tokens + input_audio_tokens"
                    + " + input_image_tokens)";

    static final String OUTPUT =
            "(output_tokens + reasoning_tokens + output_audio_tokens + output_image_tokens)";

    /** The class of a call's error; null where there was none. */
    static final String ERROR =
            "CASE WHEN error_type IS NOT NULL THEN error_type"
                    + " WHEN status >= 400 THEN 'status_' || status"
                    + " WHEN outcome <> 'completed' THEN outcome END";

    /** Whether a call has a class of error, which is quicker than to work out which one. */
    static final String FAILED =
            "(error_type IS NOT NULL OR status >= 400 OR outcome <> 'completed')";

    /** Whether a call took its time: it was neither refused nor answered from the cache. */
    static final String TIMED = "outcome <> 'refused' AND cache IS DISTINCT FROM 'hit'";

    static final String MODEL = "coalesce(request_model, response_model)";

    private Words() {}

    /** How many calls a condition holds of. */
    static String count(String condition) {
        return condition.equals("true") ? "count(*)" : "count(*) FILTER (WHERE " + condition + ")";
    }

    /**
     * What the calls of a condition cost: nothing known, rather than zero, where each of them lacks
     * its price.
     */
    static String cost(String condition) {
        return """
        CASE WHEN count(*) FILTER (WHERE %1$s) > 0
            AND count(cost_nano_usd) FILTER (WHERE %1$s) = 0 THEN NULL
        ELSE coalesce(sum(cost_nano_usd) FILTER (WHERE %1$s), 0) END\
        """
                .formatted(condition);
    }

    /** An expression in microseconds as milliseconds, with no more digits than were measured. */
    static String ms(String micros) {
        return "round(" + micros + ") / 1000";
    }
}
