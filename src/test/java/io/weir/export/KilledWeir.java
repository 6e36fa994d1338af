package io.weir.export;

import static org.awaitility.Awaitility.await;

import io.weir.it.RunningWeir;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs of the packaged jar that end in the middle of whatever it is sending. */
final class KilledWeir {
    private static final Duration GENEROUS = Duration.ofMinutes(2);
    private static final int KILLS = 2;
    private static final int CALLS = 30;

    private KilledWeir() {}

    /**
     * Makes calls, kills Weir, and does so again; then lets it send what is left.
     *
     * @param received the calls that are at the destination
     * @return all calls, when all are
     */
    static Set<UUID> calls(RunningWeir.Start start, Callable<? extends Collection<UUID>> received)
            throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            try (RunningWeir weir = start.start()) {
                callsOf(weir);
                weir.kill9();
            }
        }
        try (RunningWeir weir = start.start()) {
            callsOf(weir);
            int all = (KILLS + 1) * CALLS;
            await().atMost(GENEROUS).until(() -> stored(weir).size() == all);
            Set<UUID> stored = stored(weir);
            await().atMost(GENEROUS)
                    .until(() -> new HashSet<>(received.call()).containsAll(stored));
            return stored;
        }
    }

    private static void callsOf(RunningWeir weir) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                String model = i % 10 == 9 ? "error-500" : "gpt-4o";
                calls.add(
                        clients.submit(() -> {
                            ShippingIT.call(weir, model);
                            return null;
                        }));
            }
            for (Future<Void> call : calls) {
                call.get();
            }
        }
    }

    private static Set<UUID> stored(RunningWeir weir) throws Exception {
        Set<UUID> ids = new HashSet<>();
        weir.admin("/calls?limit=1000")
                .path("calls")
                .forEach(call -> ids.add(UUID.fromString(call.path("id").asString())));
        return ids;
    }
}
