package io.weir.turn;

/** What long work that nobody waits for owes to the calls beside it. */
public final class Courtesy {
    private Courtesy() {}

    /** Lets every thread that waits for this processor go first. */
    @SuppressWarnings("ThreadPriorityCheck")
    public static void letOthersGo() {
        Thread.yield();
    }

    /** The same once in so many steps, each too short to ask at each. */
    public static void every(int steps, int step) {
        if (step % steps == 0) {
            letOthersGo();
        }
    }
}
