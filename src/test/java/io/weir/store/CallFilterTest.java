package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.call.CallRecord;
import io.weir.call.CallRecords;
import io.weir.call.Fingerprint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
    void meansTheSameCallsInTheStoreAndBeforeTheyAreThere() throws StoreUnavailable {
        RandomGenerator random = new Random(7);
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            calls.add(CallRecords.any(random, START.plusSeconds(100 + i)));
        }
        store.append(calls, 3);
        calls.addAll(List.of(plain, odd));
        int found = 0;
        for (CallFilter filter : filters(calls)) {
            List<UUID> meant = calls.stream().filter(filter::matches).map(CallRecord::id).toList();
            assertThat(store.calls(filter, PageRequest.first(100)).calls())
                    .extracting(CallRecord::id)
                    .as(filter.condition().toString())
                    .containsExactlyInAnyOrderElementsOf(meant);
            found += meant.size();
        }
        assertThat(found).isGreaterThan(500);
    }

    private static List<CallFilter> filters(List<CallRecord> calls) {
        List<CallFilter> filters = new ArrayList<>();
        for (String number : List.of("0", "1", "5", "200", "1000", "50000")) {
            for (String name :
                    List.of(
                            "min_latency_ms",
                            "max_latency_ms",
                            "min_first_token_ms",
                            "min_cost_usd",
                            "min_tokens",
                            "min_input_tokens",
                            "min_max_tokens",
                            "min_retry",
                            "status")) {
                filters.add(CallFilter.ALL.with(name, number));
            }
        }
        for (String flag : List.of("true", "false")) {
            filters.add(CallFilter.ALL.with("stream", flag));
            filters.add(CallFilter.ALL.with("failed", flag));
        }
        for (CallRecord call : calls) {
            texts(call)
                    .forEach((name, value) -> {
                        if (value != null) {
                            filters.add(CallFilter.ALL.with(name, value));
                        }
                    });
            filters.add(CallFilter.ALL.since(call.receivedAt()));
            filters.add(CallFilter.ALL.until(call.receivedAt()).timed());
        }
        return filters;
    }

    private static Map<String, @Nullable String> texts(CallRecord call) {
        Map<String, @Nullable String> texts = new HashMap<>();
        texts.put("model", call.request().model());
        texts.put("endpoint", call.request().endpoint());
        texts.put("method", call.request().method());
        texts.put("operation", call.request().operation());
        texts.put("user", call.request().endUser());
        texts.put("outcome", call.answer().outcome());
        texts.put("error", call.answer().errorCode());
        texts.put("upstream", call.answer().upstream());
        texts.put("provider", call.answer().provider());
        texts.put("tier", call.answer().serviceTier());
        texts.put("confidence", call.usageConfidence().word());
        texts.put("cost_state", call.cost().state());
        texts.put("id", call.id().toString().substring(0, 18));
        call.answer().finishReasons().forEach(reason -> texts.put("finish", reason));
        Fingerprint fingerprint = call.request().fingerprint();
        if (fingerprint != null) {
            texts.put("fingerprint", Fingerprint.text(fingerprint.request()));
            fingerprint
                    .beginnings()
                    .forEach(beginning -> texts.put("beginning", Fingerprint.text(beginning)));
        }
        if (call.caller() != null) {
            texts.put("key", call.caller().keyName());
            texts.put("project", call.caller().project());
            call.caller().tags().forEach(tag -> texts.put("tag", tag));
        }
        return texts;
    }

    @Test
    void findsTextInContentOfItsTimeWhateverItsCase() throws StoreUnavailable {
        CallRecord said =
                CallRecords.at(START.plusSeconds(20), 3)
                        .content("{\"q\":\"100% of Über_weirs\"}", "{\"a\":\"a low DAM\"}")
                        .build();
        store.append(List.of(said), 3);
        for (String text : List.of("100% OF", "über_", "a low dam", "{\"q\":")) {
            assertOnly(said, content(text));
            assertThat(content(text).matches(said)).as(text).isTrue();
        }
        for (String text : List.of("100_", "%", "' OR true --", "highest dam")) {
            boolean there = text.equals("%");
            assertThat(store.calls(content(text), PageRequest.first(9)).calls().isEmpty())
                    .as(text)
                    .isNotEqualTo(there);
            assertThat(content(text).matches(said)).as(text).isEqualTo(there);
        }
        assertNone(CallFilter.ALL.content("dam", START, said.receivedAt()));
    }

    private static CallFilter content(String text) {
        return CallFilter.ALL.content(text, START, START.plusSeconds(60));
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
                        List.of("failed", "1"),
                        List.of("min_cost_usd", "-1"),
                        List.of("min_cost_usd", "1e9"),
                        List.of("min_cost_usd", "0.0000000001"),
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
            String value =
                    switch (name) {
                        case "stream", "failed" -> "true";
                        case "fingerprint", "beginning" -> Fingerprint.text(7);
                        default -> "7";
                    };
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
