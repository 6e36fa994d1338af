package io.weir.profile;

import io.weir.profile.Profile.Method;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/** Where the processor was: samples of running threads, by method. */
final class Hot {
    private static final String OURS = "io.weir.";
    private static final int MOST = 12;

    private final Map<String, Long> counts = new HashMap<>();
    private long all;

    void add(RecordedEvent sample) {
        RecordedStackTrace trace = sample.getStackTrace();
        if (trace != null && !trace.getFrames().isEmpty()) {
            counts.merge(name(trace.getFrames()), 1L, Long::sum);
            all++;
        }
    }

    List<Method> methods() {
        return counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(method -> new Method(method.getKey(), (double) method.getValue() / all))
                .toList();
    }

    private static String name(List<RecordedFrame> frames) {
        return frames.stream()
                .map(Hot::name)
                .filter(name -> name.startsWith(OURS))
                .findFirst()
                .orElseGet(() -> name(frames.getFirst()));
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
