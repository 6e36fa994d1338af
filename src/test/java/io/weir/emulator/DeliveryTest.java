package io.weir.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final EmulatorConfig STEADY =
            new EmulatorConfig(Duration.ofMillis(300), Duration.ofMillis(20), 0, true);

    @Test
    void takesTheSameTimeWholeOrStreamed() {
        String whole = Exchange.chatBody("gpt-4o", "Tell me", "\"max_tokens\":50");
        String streamed =
                Exchange.chatBody("gpt-4o", "Tell me", "\"max_tokens\":50,\"stream\":true");
        assertThat(duration(STEADY, whole)).isEqualTo(Duration.ofMillis(300 + 50 * 20));
        assertThat(duration(STEADY, streamed)).isEqualTo(Duration.ofMillis(300 + 49 * 20));
    }

    @Test
    void choicesAreWrittenSideBySide() {
        String three =
                Exchange.chatBody("gpt-4o", "Tell me", "\"max_tokens\":50,\"n\":3,\"stream\":true");
        assertThat(duration(STEADY, three)).isEqualTo(Duration.ofMillis(300 + 49 * 20));
    }

    @Test
    void thinksBeforeTheHead() {
        String body =
                Exchange.chatBody("reasoning", "Tell me", "\"max_tokens\":100,\"stream\":true");
        Emulator emulator = new Emulator(STEADY, new JtokkitCount(), Exchange.NOON, 1);
        Exchange exchange = Exchange.with(emulator, "POST", "/v1/chat/completions", body);
        assertThat(exchange.emulation().beforeHead()).isEqualTo(Duration.ofMillis(300 + 50 * 20));
    }

    @Test
    void neverWaitsWithoutDelays() {
        String body = Exchange.chatBody("gpt-4o", "Tell me", "\"stream\":true");
        assertThat(duration(EmulatorConfig.zero(), body)).isEqualTo(Duration.ZERO);
    }

    @Test
    void spreadsRealisticWaitsAroundTheirMedian() {
        Pace pace = new Pace(EmulatorConfig.realistic(), 5);
        int above = 0;
        for (int i = 0; i < 2_000; i++) {
            Duration first = pace.first();
            assertThat(first).isBetween(Duration.ofMillis(40), Duration.ofMillis(2_800));
            above += first.compareTo(Duration.ofMillis(350)) > 0 ? 1 : 0;
        }
        assertThat(above).isBetween(900, 1_100);
    }

    @Test
    void refusesImpossibleConfigurations() {
        assertThatThrownBy(() -> new EmulatorConfig(Duration.ofMillis(-1), Duration.ZERO, 0, true))
                .hasMessageContaining("PT-0.001S");
        assertThatThrownBy(() -> new EmulatorConfig(Duration.ZERO, Duration.ZERO, -1, true))
                .hasMessageContaining("-1");
    }

    @Test
    void showsWhatIsLeftOfTheLimits() {
        AtomicLong nowMs = new AtomicLong(1_000_000);
        InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
        RateGauge gauge = new RateGauge(600, clock);
        assertThat(gauge.take(1)).isEqualTo(new RateGauge.Reading(599, 100));
        assertThat(gauge.take(59).reset()).isEqualTo("6.0s");
        nowMs.addAndGet(3_000);
        assertThat(gauge.take(0)).isEqualTo(new RateGauge.Reading(570, 3_000));
        assertThat(gauge.take(10_000)).isEqualTo(new RateGauge.Reading(0, 60_000));
        assertThat(gauge.take(0).reset()).isEqualTo("1m0s");
        assertThat(new RateGauge.Reading(1, 6).reset()).isEqualTo("6ms");
    }

    @Test
    void everyAnswerSaysThatItIsEmulated() {
        for (String model : EmulatedModels.names()) {
            Exchange exchange = Exchange.chat(model, "Hm", "");
            assertThat(exchange.emulation().headers().first("x-weir-emulated")).contains("true");
        }
    }

    private static Duration duration(EmulatorConfig config, String body) {
        Emulator emulator = new Emulator(config, new JtokkitCount(), Exchange.NOON, 1);
        return Exchange.with(emulator, "POST", "/v1/chat/completions", body).duration();
    }
}
