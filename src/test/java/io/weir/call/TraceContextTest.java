package io.weir.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Headers;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final UUID CALL = UUID.fromString("01a20136-5cf6-73cd-a811-e81bf4450e9a");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @Test
    void aTraceIsContinued() {
        TraceContext context = of("00-" + TRACE + "-" + PARENT + "-01");
        assertThat(context)
                .isEqualTo(new TraceContext(TRACE, PARENT, TraceContext.spanId(CALL, 0), 1));
        assertThat(context.continued()).isTrue();
    }

    @Test
    void aTraceThatIsNotSampledStaysSo() {
        TraceContext context = of("00-" + TRACE + "-" + PARENT + "-00");
        assertThat(context.flags()).isZero();
        assertThat(context.traceparent("53995c3f42cd8ad8"))
                .isEqualTo("00-" + TRACE + "-53995c3f42cd8ad8-00");
    }

    @Test
    void onlyFlagsThatMeanSomethingArePassedOn() {
        assertThat(of("00-" + TRACE + "-" + PARENT + "-ff").flags()).isEqualTo(3);
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() {
        TraceContext context = of("cc-" + TRACE + "-" + PARENT + "-01-what-comes");
        assertThat(context.traceId()).isEqualTo(TRACE);
        assertThat(context.traceparent(PARENT)).isEqualTo("00-" + TRACE + "-" + PARENT + "-01");
        assertThat(of("cc-" + TRACE + "-" + PARENT + "-01").traceId()).isEqualTo(TRACE);
    }

    @Test
    void aCallThatNobodyTracesIsTheRootOfATraceWithItsId() {
        TraceContext context = TraceContext.of(Headers.NONE, CALL);
        assertThat(context).isEqualTo(TraceContext.root(CALL));
        assertThat(context.traceId()).isEqualTo("01a201365cf673cda811e81bf4450e9a");
        assertThat(context.parentSpanId()).isNull();
        assertThat(context.flags()).isEqualTo(1);
        assertThat(context.continued()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473\u0661-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what",
                ".0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01"
            })
    void whatIsNotValidIsIgnored(String header) {
        assertThat(of(header)).isEqualTo(TraceContext.root(CALL));
    }

    @Test
    void twoOfThemAreNone() {
        String header = "00-" + TRACE + "-" + PARENT + "-01";
        Headers both = Headers.of("traceparent", header, "Traceparent", header);
        assertThat(TraceContext.of(both, CALL)).isEqualTo(TraceContext.root(CALL));
    }

    @Test
    void everyAttemptOfEveryCallHasASpanOfItsOwn() {
        Set<String> ids = new HashSet<>();
        for (long call = 0; call < 10_000; call++) {
            for (int attempt = 0; attempt < 4; attempt++) {
                String id = TraceContext.spanId(new UUID(7, call), attempt);
                assertThat(id).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
                ids.add(id);
            }
        }
        assertThat(ids).hasSize(40_000);
        assertThat(TraceContext.spanId(CALL, 2)).isEqualTo(TraceContext.spanId(CALL, 2));
    }

    private static TraceContext of(String header) {
        return TraceContext.of(Headers.of("host", "a", "Traceparent", header), CALL);
    }
}
