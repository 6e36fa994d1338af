package io.weir.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.report.TableJson;
import io.weir.store.CallFilter;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import io.weir.wire.Json;
import io.weir.wire.Usage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class BooksTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final Instant LATE = Instant.parse("2026-11-22T23:59:59.999Z");

    @TempDir private Path directory;

    @Test
    void addsUpCallsByDayAnsweringModelAndProject() throws StoreUnavailable {
        Usage usage = new Usage(100, 20, 3, 4, 5, 50, 6, 7, 8);
        Cost priced = new Cost.Priced(1_234, "gpt-5@2026-01-01/standard");
        List<CallRecord> calls =
                List.of(
                        call(1, LATE, usage, Confidence.PROVIDER, priced),
                        call(2, LATE, usage, Confidence.PARTIAL, priced),
                        call(3, LATE, usage, Confidence.PROVIDER, new Cost.Unpriced("new")),
                        call(4, LATE.plusMillis(1), usage, Confidence.PROVIDER, priced),
                        call(5, LATE, Usage.NONE, Confidence.NONE, new Cost.Free()));
        try (CallStore store = Stores.open(directory)) {
            store.append(calls, 1);
            assertThat(books(store, Projects.TOGETHER).slots())
                    .containsOnly(
                            Map.entry(
                                    new Slot(DAY, "gpt-5-2025", Projects.ALL),
                                    new Booked(3, 396, 213, 2_468, 1, 1, 203)));
            assertThat(books(store, Projects.of(List.of("proj_a=shop"))).slots())
                    .containsOnlyKeys(new Slot(DAY, "gpt-5-2025", "shop"));
            assertThat(books(store, Projects.of(List.of("proj_a=else"))).slots()).isEmpty();
        }
    }

    private static Books books(CallStore store, Projects projects) throws StoreUnavailable {
        ObjectNode answer =
                (ObjectNode)
                        Json.MAPPER.readTree(
                                TableJson.of(
                                        Books.of(store, DAY, DAY.plusDays(1), CallFilter.ALL)));
        answer.put("since", "2026-11-22").put("until", "2026-11-23");
        return Books.read(answer, projects);
    }

    private static CallRecord call(
            long number, Instant at, Usage usage, Confidence confidence, Cost cost) {
        return CallRecords.at(at, number)
                .key("key_1", "search", "shop")
                .model("gpt-5", "gpt-5-2025")
                .usage(usage, confidence)
                .cost(cost)
                .build();
    }
}
