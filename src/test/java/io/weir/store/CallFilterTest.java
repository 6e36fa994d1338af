package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallFilterTest {
    private static final Instant START = Instant.parse("2026-11-22T01:02:03Z");

    private final CallRecord plain = CallRecords.at(START, 1).build();
    private final CallRecord odd =
            CallRecords.at(START.plusSeconds(10), 2)
                    .model("100%_o'dd", "odd-2026")
                    .key("key_2", "second key", "other")
                    .endpoint("responses")
                    .outcome("upstream_failed", 502)
                    .error("upstream_broken", "bad_gateway", "it broke")
                    .upstream("azure")
                    .stream(10)
                    .endUser("ann")
                    .latency(5_000, 4_000)
                    .build();

    @TempDir private Path directory;
    private CallStore store;

    @BeforeEach
    void open() throws StoreUnavailable {
        store = Stores.open(directory);
        store.append(List.of(plain, odd), 2);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void meansEveryCallAtFirst() throws StoreUnavailable {
        assertThat(store.calls(CallFilter.ALL, PageRequest.first(9)).calls()).hasSize(2);
    }

    @Test
    void includesItsBeginAndExcludesItsEnd() throws StoreUnavailable {
        assertOnly(odd, CallFilter.ALL.since(odd.receivedAt()));
        assertOnly(plain, CallFilter.ALL.until(odd.receivedAt()));
        assertOnly(plain, CallFilter.ALL.since(START).until(START.plusNanos(1_000)));
    }

    @Test
    void findsACallByEachOfItsTraits() throws StoreUnavailable {
        assertOnly(odd, CallFilter.ALL.with("model", "100%_o'dd"));
        assertOnly(odd, CallFilter.ALL.with("model", "odd-2026"));
        assertOnly(odd, CallFilter.ALL.with("key", "key_2"));
        assertOnly(odd, CallFilter.ALL.with("key", "second key"));
        assertOnly(odd, CallFilter.ALL.with("project", "other"));
        assertOnly(odd, CallFilter.ALL.with("endpoint", "responses"));
        assertOnly(odd, CallFilter.ALL.with("outcome", "upstream_failed"));
        assertOnly(odd, CallFilter.ALL.with("error", "upstream_broken"));
        assertOnly(odd, CallFilter.ALL.with("error", "bad_gateway"));
        assertOnly(odd, CallFilter.ALL.with("status", "502"));
        assertOnly(odd, CallFilter.ALL.with("upstream", "azure"));
        assertOnly(odd, CallFilter.ALL.with("stream", "true"));
        assertOnly(plain, CallFilter.ALL.with("stream", "false"));
        assertOnly(odd, CallFilter.ALL.with("user", "ann"));
        assertOnly(odd, CallFilter.ALL.with("min_latency_ms", "5000"));
        assertOnly(odd, CallFilter.ALL.minLatency(Duration.ofMillis(200)));
        assertOnly(plain, CallFilter.ALL.with("max_latency_ms", "199"));
        assertOnly(plain, CallFilter.ALL.maxLatency(Duration.ofMillis(199)));
        assertOnly(odd, CallFilter.ALL.with("id", odd.id().toString()));
        assertOnly(odd, CallFilter.ALL.with("id", odd.id().toString().substring(0, 13)));
        assertOnly(plain, CallFilter.ALL.with("id", plain.id().toString().substring(0, 13)));
    }

    @Test
    void needsAllOfItsConditions() throws StoreUnavailable {
        assertOnly(odd, CallFilter.ALL.model("odd-2026").status(502));
        assertNone(CallFilter.ALL.model("odd-2026").status(200));
    }

    @Test
    void takesWildcardsAndQuotesForWhatTheyAre() throws StoreUnavailable {
        for (String text :
                List.of("%", "100%", "100%_o_dd", "_", "' OR true --", "odd-2026'", "\\", "")) {
            assertNone(CallFilter.ALL.model(text));
            assertNone(CallFilter.ALL.endUser(text));
            assertNone(CallFilter.ALL.key(text));
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        for (List<String> wrong :
                List.of(
                        List.of("colour", "red"),
                        List.of("status", "ok"),
                        List.of("status", "-1"),
                        List.of("stream", "yes"),
                        List.of("min_latency_ms", "1s"),
                        List.of("max_latency_ms", "-1"),
                        List.of("id", "%"),
                        List.of("id", ""),
                        List.of("id", "0".repeat(33)))) {
            assertThatThrownBy(() -> CallFilter.ALL.with(wrong.get(0), wrong.get(1)))
                    .as(wrong.toString())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void knowsEachOfItsNames() {
        for (String name : CallFilter.NAMES) {
            String value = name.equals("stream") ? "true" : "7";
            assertThat(CallFilter.ALL.with(name, value).condition().parameters()).isNotEmpty();
        }
    }

    private void assertOnly(CallRecord call, CallFilter filter) throws StoreUnavailable {
        assertThat(store.calls(filter, PageRequest.first(9)).calls())
                .extracting(CallRecord::id)
                .as(filter.condition().toString())
                .containsExactly(call.id());
    }

    private void assertNone(CallFilter filter) throws StoreUnavailable {
        assertThat(store.calls(filter, PageRequest.first(9)).calls())
                .as(filter.condition().toString())
                .isEmpty();
    }
}
