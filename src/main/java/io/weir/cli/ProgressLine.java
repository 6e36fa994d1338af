package io.weir.cli;

import java.time.Duration;
import java.util.function.Supplier;

/** One line on the terminal's error stream that says how far long work is; silent in a script. */
final class ProgressLine implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(200);

    private final Terminal terminal;
    private final Supplier<String> text;
    private final Thread painter;

    /**
     * @param text asked for again and again, from another thread
     */
    ProgressLine(Terminal terminal, Supplier<String> text) {
        this.terminal = terminal;
        this.text = text;
        this.painter = Thread.ofVirtual().unstarted(this::paint);
        if (terminal.tty().err()) {
            painter.start();
        }
    }

    private void paint() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                terminal.err().print("\r\u001b[K" + text.get());
                terminal.err().flush();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            // closed: the line is wiped below
        }
    }

    @Override
    public void close() {
        painter.interrupt();
        if (terminal.tty().err()) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
