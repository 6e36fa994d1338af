package io.weir.app;

import io.weir.call.CallRecord;
import io.weir.call.Confidence;
import io.weir.call.Principal;
import io.weir.limit.Asked;
import io.weir.limit.Caller;
import io.weir.limit.Estimator;
import io.weir.limit.Limiter;
import io.weir.limit.Spending;
import org.jspecify.annotations.Nullable;

/**
 * The one place where what calls have reserved is settled by what they used: where their records
 * are closed, whatever became of them.
 */
final class Settlement {
    private final Limiter limiter;
    private final Estimator estimator;

    Settlement(Limiter limiter, Estimator estimator) {
        this.limiter = limiter;
        this.estimator = estimator;
    }

    /**
     * A call that had no price when it ended has one now.
     *
     * @param sequence of that in the journal
     * @param record with that price
     */
    void repriced(long sequence, CallRecord record) {
        @Nullable Principal caller = record.caller();
        @Nullable Long nanoUsd = record.cost().nanoUsdOrNull();
        if (caller != null && nanoUsd != null) {
            limiter.repriced(
                    new Spending(
                            sequence,
                            new Caller(caller, model(record), record.request().endUser()),
                            record.receivedAt(),
                            nanoUsd,
                            true));
        }
    }

    private static String model(CallRecord record) {
        @Nullable String asked = record.request().model();
        return asked == null ? "" : asked;
    }

    /**
     * A call's record is closed.
     *
     * @param sequence of it in the journal; -1 where it is not there
     */
    void closed(long sequence, CallRecord record) {
        @Nullable Principal caller = record.caller();
        if (caller == null) {
            return;
        }
        String model = model(record);
        @Nullable Long nanoUsd = record.cost().nanoUsdOrNull();
        limiter.ended(
                record.id(),
                new Spending(
                        sequence,
                        new Caller(caller, model, record.request().endUser()),
                        record.receivedAt(),
                        nanoUsd == null ? Asked.UNKNOWN : nanoUsd),
                record.usage().total());
        if (record.usageConfidence() == Confidence.PROVIDER && !record.answer().failed()) {
            estimator.learn(
                    caller.keyId(),
                    model,
                    record.request().bytes(),
                    record.usage().inputTotal(),
                    record.usage().outputTotal());
        }
    }
}
