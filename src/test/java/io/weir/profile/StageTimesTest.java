package io.weir.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Stage;
import io.weir.profile.Profile.StageTime;
import io.weir.profile.Profile.Whose;
import org.junit.jupiter.api.Test;

class StageTimesTest {
    private final StageTimes times = new StageTimes();

    @Test
    void aStageIsWhatItTookWithoutWhatItCalled() {
        aCall("a", 0);

        assertThat(stage("Authenticate").time().p50()).isEqualTo(5);
        assertThat(stage("MeasureAnswer").time().p50()).isEqualTo(10);
        assertThat(stage(Stage.CALL).time().p50()).isEqualTo(15);
        assertThat(stage(Stage.AWAIT).whose()).isEqualTo(Whose.UPSTREAM);
    }

    @Test
    void theTimeOfACallIsWeirsItsUpstreamsAndItsClients() {
        aCall("a", 0);
        aCall("b", 7_777);

        assertThat(times.calls()).isEqualTo(2);
        assertThat(times.of(Whose.WEIR).p50()).isEqualTo(30);
        assertThat(times.of(Whose.UPSTREAM).p50()).isEqualTo(50);
        assertThat(times.of(Whose.CLIENT).p50()).isEqualTo(20);
        assertThat(times.whole().p99()).isEqualTo(100);
    }

    @Test
    void weirsOwnSharesSumToOne() {
        aCall("a", 0);

        assertThat(times.stages().stream().mapToDouble(StageTime::shareOfWeir).sum())
                .isEqualTo(1, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(stage(Stage.AWAIT).shareOfWeir()).isZero();
    }

    @Test
    void callsThatOverlapAreKeptApart() {
        times.add("a", Stage.AWAIT, 10, 50);
        times.add("b", Stage.AWAIT, 20, 30);
        times.add("b", Stage.CALL, 15, 40);
        times.add("a", Stage.CALL, 5, 60);

        assertThat(times.of(Whose.UPSTREAM).p50()).isEqualTo(0.010);
        assertThat(times.of(Whose.UPSTREAM).p99()).isEqualTo(0.040);
    }

    @Test
    void aRecordingWithoutCallsSaysSo() {
        assertThat(times.calls()).isZero();
        assertThat(times.stages()).isEmpty();
        assertThat(times.of(Whose.WEIR).p99()).isZero();
    }

    /** 100 us: Weir 30, of it authenticating 5 and measuring 10; upstream 50; client 20. */
    private void aCall(String id, long startMicros) {
        add(id, Stage.AWAIT, startMicros + 20, startMicros + 70);
        add(id, "MeasureAnswer", startMicros + 15, startMicros + 75);
        add(id, "Authenticate", startMicros + 10, startMicros + 75);
        add(id, Stage.REPLY, startMicros + 78, startMicros + 98);
        add(id, Stage.CALL, startMicros, startMicros + 100);
    }

    private void add(String id, String stage, long startMicros, long endMicros) {
        times.add(id, stage, startMicros * 1_000, endMicros * 1_000);
    }

    private StageTime stage(String name) {
        return times.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
