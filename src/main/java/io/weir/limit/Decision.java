package io.weir.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a call may be made. */
public sealed interface Decision {
    /**
     * It may; what it has reserved is given back when it has ended.
     *
     * @param stops whether a budget wants to be asked before it spends more than it has reserved
     */
    record Admitted(Quota quota, boolean stops) implements Decision {}

    /**
     * It may not; nothing is reserved.
     *
     * @param rule that does not allow it
     * @param slot whose counter it is, in words; empty where the rule has only one
     * @param measure of a limit; null of a budget
     * @param limit what the rule allows in a period, tokens, requests, calls or nano-dollars
     * @param used what of that is taken
     * @param wanted what the call asks for
     * @param after how long it is likely to be allowed
     */
    record Refused(
            String rule,
            String slot,
            Reason reason,
            @Nullable Measure measure,
            long limit,
            long used,
            long wanted,
            Duration after)
            implements Decision {}

    /**
     * It may with another model, and has to be asked for with that.
     *
     * @param rule the budget that is spent
     */
    record Degrade(String rule, String model) implements Decision {}

    /** Why a call may not be made. */
    enum Reason {
        /** Too many requests, tokens or calls at once; later it may. */
        LIMIT,
        /** It asks for more at once than is allowed in a whole period: it never may. */
        TOO_LARGE,
        /** The money is spent. */
        BUDGET,
        /** What has been spent is not known yet. */
        BUDGET_UNKNOWN,
        /** It has no price, and the budget wants one. */
        UNPRICED,
        /** What it costs is not metered, and the budget wants that. */
        UNMETERED
    }
}
