package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningWeirIT {
    @TempDir private Path directory;

    @Test
    void answersFromTheEmulatorAndStopsWhenTold() throws IOException, InterruptedException {
        try (RunningWeir weir = RunningWeir.in(directory.resolve("data")).start()) {
            assertThat(weir.appKey()).startsWith("weir-app-");
            assertThat(weir.stdout()).contains(weir.baseUrl(), "ANSWERS ARE EMULATED");
            assertThat(weir.admin("/calls").path("calls")).isEmpty();
            ChildProcess.Ended asked = weir.command("ask", "Say something.");
            assertThat(asked.stderr() + asked.stdout()).isNotEmpty();
            assertThat(asked.exitCode()).isZero();
            assertThat(weir.stop()).isEqualTo(143);
        }
    }
}
