package io.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundTest {
    private static final Path STAT = Path.of("/proc/thread-self/stat");

    /** Of those after the name, which may hold anything and ends with the last parenthesis. */
    private static final int POLICY = 38;

    private static final int USUAL = 0;
    private static final int IDLE = 5;

    @Test
    @EnabledOnOs(OS.LINUX)
    void isTheThreadsThatEntersAndOfThoseThatItStarts() throws Exception {
        assertThat(
                        onItsOwn(() -> {
                            Background.enter();
                            return policy();
                        }))
                .isEqualTo(IDLE);
        assertThat(
                        onItsOwn(() -> {
                            Background.enter();
                            return onItsOwn(BackgroundTest::policy);
                        }))
                .isEqualTo(IDLE);
        assertThat(onItsOwn(BackgroundTest::policy)).isEqualTo(USUAL);
    }

    @Test
    void isNoPlaceForAVirtualThread() throws InterruptedException {
        FutureTask<Void> task =
                new FutureTask<>(() -> {
                    Background.enter();
                    return null;
                });
        Thread.ofVirtual().start(task).join();
        assertThatThrownBy(task::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    private static int onItsOwn(Callable<Integer> work) throws Exception {
        FutureTask<Integer> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    private static int policy() {
        try {
            String stat = Files.readString(STAT);
            return Integer.parseInt(
                    stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
