package io.weir.store;

import io.weir.call.Attempt;
import io.weir.call.CacheUse;
import io.weir.call.CallRecord;
import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Content;
import io.weir.call.CallRecord.Request;
import io.weir.call.Cost;
import io.weir.call.Fingerprint;
import io.weir.call.Likeness;
import io.weir.call.Moments;
import io.weir.call.Principal;
import io.weir.call.TraceContext;
import io.weir.wire.Usage;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Writes records as rows, cell by cell in the order of the tables' columns. */
final class CallRows {
    private CallRows() {}

    static void call(DuckDBAppender to, CallRecord call) throws SQLException {
        to.beginRow();
        to.append(call.id());
        to.appendEpochMicros(Micros.of(call.receivedAt()));
        request(to, call.request());
        caller(to, call.caller());
        answer(to, call.answer());
        usage(to, call.usage(), 1);
        to.append(call.usageConfidence().word());
        cost(to, call.cost());
        moments(to, call.moments());
        trace(to, call.request().trace());
        text(to, cacheWord(call));
        saved(to, call.cache());
        fingerprint(to, call.request().fingerprint());
        likeness(to, call.cache() == null ? null : call.cache().likeness());
        to.endRow();
    }

    static void attempt(DuckDBAppender to, CallRecord call, Attempt attempt) throws SQLException {
        to.beginRow();
        to.append(call.id());
        to.appendEpochMicros(Micros.of(call.receivedAt()));
        to.append(attempt.number());
        to.append(attempt.upstream());
        to.append(attempt.reused());
        known(to, attempt.startedMicros());
        known(to, attempt.connectedMicros());
        known(to, attempt.sentMicros());
        known(to, attempt.firstByteMicros());
        known(to, attempt.endedMicros());
        to.append(attempt.status());
        text(to, attempt.failure());
        text(to, attempt.requestId());
        to.endRow();
    }

    static void content(DuckDBAppender to, CallRecord call, Content content) throws SQLException {
        to.beginRow();
        to.append(call.id());
        to.appendEpochMicros(Micros.of(call.receivedAt()));
        to.append(content.request());
        to.append(content.response());
        to.append(content.truncated());
        to.append(content.pace());
        to.endRow();
    }

    private static void request(DuckDBAppender to, Request request) throws SQLException {
        to.append(request.endpoint());
        to.append(request.operation());
        to.append(request.method());
        to.append(request.path());
        text(to, request.model());
        to.append(request.stream());
        to.append(request.choices());
        known(to, request.maxTokens());
        text(to, request.endUser());
        text(to, request.serviceTier());
        to.append(request.bytes());
        to.append(request.clientRetry());
        text(to, request.userAgent());
    }

    private static void caller(DuckDBAppender to, @Nullable Principal caller) throws SQLException {
        if (caller == null) {
            to.appendNull().appendNull().appendNull().appendNull();
            return;
        }
        to.append(caller.keyId());
        to.append(caller.keyName());
        to.append(caller.project());
        to.append(caller.tags());
    }

    private static void answer(DuckDBAppender to, Answer answer) throws SQLException {
        to.append(answer.outcome());
        to.append(answer.status());
        text(to, answer.errorType());
        text(to, answer.errorCode());
        text(to, answer.errorMessage());
        text(to, answer.upstream());
        text(to, answer.provider());
        text(to, answer.responseId());
        text(to, answer.responseModel());
        text(to, answer.serviceTier());
        to.append(answer.finishReasons());
        to.append(answer.bytes());
        to.append(answer.chunks());
    }

    static void usage(DuckDBAppender to, Usage usage, int times) throws SQLException {
        to.append(times * usage.input());
        to.append(times * usage.cacheRead());
        to.append(times * usage.cacheWrite());
        to.append(times * usage.inputAudio());
        to.append(times * usage.inputImage());
        to.append(times * usage.output());
        to.append(times * usage.reasoning());
        to.append(times * usage.outputAudio());
        to.append(times * usage.outputImage());
    }

    static void cost(DuckDBAppender to, Cost cost) throws SQLException {
        switch (cost) {
            case Cost.Priced priced ->
                    to.append(priced.nanoUsd())
                            .append(state(priced))
                            .append(priced.priceId())
                            .appendNull();
            case Cost.Unpriced unpriced ->
                    to.appendNull().append(state(unpriced)).appendNull().append(unpriced.reason());
            case Cost.Free free -> to.append(0L).append(state(free)).appendNull().appendNull();
        }
    }

    static String state(Cost cost) {
        return switch (cost) {
            case Cost.Priced priced -> "priced";
            case Cost.Unpriced unpriced -> "unpriced";
            case Cost.Free free -> "free";
        };
    }

    private static void moments(DuckDBAppender to, Moments moments) throws SQLException {
        known(to, moments.admitted());
        known(to, moments.connected());
        known(to, moments.requestSent());
        known(to, moments.firstByte());
        known(to, moments.firstToken());
        known(to, moments.lastByte());
        known(to, moments.closed());
        known(to, moments.longestGap());
        to.append(moments.upstream());
    }

    private static void trace(DuckDBAppender to, @Nullable TraceContext trace) throws SQLException {
        if (trace == null) {
            to.appendNull().appendNull().appendNull().appendNull();
            return;
        }
        to.append(trace.traceId());
        text(to, trace.parentSpanId());
        to.append(trace.spanId());
        to.append(trace.flags());
    }

    private static void fingerprint(DuckDBAppender to, @Nullable Fingerprint fingerprint)
            throws SQLException {
        if (fingerprint == null) {
            to.appendNull().appendNull();
            return;
        }
        to.append(fingerprint.request());
        to.append(fingerprint.beginnings().stream().mapToLong(Long::longValue).toArray());
    }

    static @Nullable String cacheWord(CallRecord call) {
        return call.cache() == null ? null : call.cache().state().word();
    }

    private static void saved(DuckDBAppender to, @Nullable CacheUse cache) throws SQLException {
        numberOrNull(to, cache == null ? null : cache.savedNanoUsd());
    }

    private static void likeness(DuckDBAppender to, @Nullable Likeness likeness)
            throws SQLException {
        if (likeness == null) {
            to.appendNull().appendNull().appendNull();
            return;
        }
        to.append(likeness.of());
        to.append(likeness.questionPpm());
        numberOrNull(to, likeness.answerPpm());
    }

    private static void numberOrNull(DuckDBAppender to, @Nullable Long number) throws SQLException {
        if (number == null) {
            to.appendNull();
        } else {
            to.append(number.longValue());
        }
    }

    private static void known(DuckDBAppender to, long valueOrMinusOne) throws SQLException {
        if (valueOrMinusOne < 0) {
            to.appendNull();
        } else {
            to.append(valueOrMinusOne);
        }
    }

    static void text(DuckDBAppender to, @Nullable String text) throws SQLException {
        if (text == null) {
            to.appendNull();
        } else {
            to.append(text);
        }
    }
}
