package io.weir.turn;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Work that calls go before: it has what processors they leave, and a call that wakes up has its
 * processor at once. Being nice alone does not do that: a thread that was given a processor keeps
 * it for a few milliseconds, however little it is owed.
 */
public final class Background {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());

    private static final int THIS_THREAD = 0;
    private static final int SCHED_IDLE = 5;

    private Background() {}

    /**
     * The thread that asks is in the background from now on, and those that it starts are. In Linux
     * only: elsewhere it runs as before.
     */
    public static void enter() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("its carrier would be in the background, with calls");
        }
        if (System.getProperty("os.name").equals("Linux") && !enters()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} cannot be put into the background: it runs as calls do",
                    Thread.currentThread().getName());
        }
    }

    /** {@code sched_setscheduler(2)}: in Linux a thread has a policy of its own. */
    @SuppressWarnings("restricted")
    private static boolean enters() {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle setScheduler =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("sched_setscheduler"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS));
            MemorySegment priority = arena.allocateFrom(ValueLayout.JAVA_INT, 0);
            return (int) setScheduler.invokeExact(THIS_THREAD, SCHED_IDLE, priority) == 0;
        } catch (Throwable e) {
            // A JVM without access to native code, or a C library of another kind.
            LOG.log(System.Logger.Level.DEBUG, "no policy can be set", e);
            return false;
        }
    }
}
