package io.weir.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The CPU time of processes and their descendants, as Linux counts it in {@code /proc}. */
final class ProcessCpu {
    /** proc(5): USER_HZ is 100 on every architecture the JDK runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Fields after the command's closing parenthesis: utime is the 14th of all, stime the 15th. */
    private static final int UTIME = 11;

    private final Path proc;
    private final List<Long> processes;

    /**
     * @param proc where the process file system is mounted
     */
    ProcessCpu(Path proc, List<Long> processes) {
        this.proc = proc;
        this.processes = List.copyOf(processes);
    }

    /** User and system time so far, in nanoseconds; empty when no process was named. */
    OptionalLong nanos() {
        if (processes.isEmpty()) {
            return OptionalLong.empty();
        }
        long nanos = 0;
        for (long process : processes) {
            nanos += nanos(process);
            for (long descendant : descendants(process)) {
                nanos += nanosUnlessGone(descendant);
            }
        }
        return OptionalLong.of(nanos);
    }

    private long nanos(long process) {
        try {
            String stat = Files.readString(proc.resolve(Long.toString(process)).resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]))
                    * NANOS_PER_TICK;
        } catch (IOException e) {
            throw new BenchFailed(
                    "Cannot read the CPU time of process %d: is it running, and is this Linux?"
                            .formatted(process),
                    e);
        }
    }

    private long nanosUnlessGone(long process) {
        try {
            return nanos(process);
        } catch (BenchFailed e) {
            return 0;
        }
    }

    private static List<Long> descendants(long process) {
        try (Stream<ProcessHandle> handles =
                ProcessHandle.of(process).stream().flatMap(ProcessHandle::descendants)) {
            return handles.map(ProcessHandle::pid).toList();
        }
    }
}
