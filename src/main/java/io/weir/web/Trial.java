package io.weir.web;

import io.weir.call.CallRecord;
import io.weir.report.LiveCalls;
import io.weir.web.OwnCalls.Answered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends a draft to each of its models at once, and waits for the answers and their records. */
final class Trial {
    private static final String PATH = "/v1/chat/completions";

    /** A record is written before its answer ends: it is here already, or something is wrong. */
    private static final int RECORD_SECONDS = 2;

    private final OwnCalls own;
    private final LiveCalls live;

    /**
     * What became of one model's call.
     *
     * @param failure empty where there was an answer of any kind
     * @param record what was recorded of it; null where that is not here
     */
    record Result(
            String model,
            int status,
            List<Turn> turns,
            String failure,
            String callId,
            @Nullable CallRecord record) {}

    Trial(OwnCalls own, LiveCalls live) {
        this.own = own;
        this.live = live;
    }

    /** The results, in the models' order. */
    List<Result> of(Draft draft) throws InterruptedException {
        List<String> models = draft.modelNames();
        List<Callable<Answered>> calls = new ArrayList<>();
        for (String model : models) {
            String json = draft.json(model);
            calls.add(() -> own.post(PATH, json));
        }
        try (LiveCalls.Watcher watcher = live.watch();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Result> results = new ArrayList<>();
            Map<String, CallRecord> records = new HashMap<>();
            List<Future<Answered>> answers = threads.invokeAll(calls);
            for (int i = 0; i < models.size(); i++) {
                results.add(result(models.get(i), answers.get(i), watcher, records));
            }
            return results;
        }
    }

    private static Result result(
            String model,
            Future<Answered> future,
            LiveCalls.Watcher watcher,
            Map<String, CallRecord> records)
            throws InterruptedException {
        try {
            Answered answer = future.get();
            return new Result(
                    model,
                    answer.status(),
                    AnsweredTurns.of(answer.body()),
                    "",
                    answer.callId(),
                    record(answer.callId(), watcher, records));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                String why = "Weir did not answer itself: " + failure.getMessage();
                return new Result(model, 0, List.of(), why, "", null);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static @Nullable CallRecord record(
            String callId, LiveCalls.Watcher watcher, Map<String, CallRecord> records)
            throws InterruptedException {
        while (!callId.isEmpty() && !records.containsKey(callId)) {
            CallRecord next = watcher.waiting().poll(RECORD_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                return null;
            }
            records.put(next.id().toString(), next);
        }
        return records.get(callId);
    }
}
