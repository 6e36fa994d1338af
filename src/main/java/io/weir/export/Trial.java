package io.weir.export;

import io.weir.call.CallRecord;
import io.weir.call.CallRecord.Answer;
import io.weir.call.CallRecord.Request;
import io.weir.call.Confidence;
import io.weir.call.Cost;
import io.weir.call.Moments;
import io.weir.call.Outcome;
import io.weir.wire.Usage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tries a destination with a made up event, which says that it is one. */
final class Trial {
    private Trial() {}

    /** What is wrong; empty where the event was taken. */
    static Optional<String> of(ExporterPlan plan) throws InterruptedException {
        try (Destination destination = plan.opening().open()) {
            return switch (destination.send(List.of(plan.fields().event(0, madeUp())))) {
                case Sent.Delivered delivered -> Optional.empty();
                case Sent.Refused refused -> Optional.of(refused.reason());
                case Sent.Failed failed -> Optional.of(failed.reason());
            };
        } catch (IOException e) {
            return Optional.of("it cannot be opened: " + e.getMessage());
        }
    }

    private static CallRecord madeUp() {
        return new CallRecord(
                UUID.randomUUID(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                new Request(
                        "weir.test",
                        "test",
                        "POST",
                        "/weir-exporter-test",
                        null,
                        false,
                        1,
                        -1,
                        null,
                        null,
                        0,
                        0,
                        "weir exporters test"),
                null,
                new Answer(
                        new Outcome.Completed().word(),
                        200,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        0,
                        0),
                Usage.NONE,
                Confidence.PROVIDER,
                new Cost.Free(),
                Moments.NONE,
                List.of(),
                null);
    }
}
