package io.weir.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.alert.SmtpDouble.Received;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The mail library finds its parts by files that a merged jar may have lost. */
@Timeout(120)
class ShippedMailIT {
    @Test
    void theJarHasAllThatAMailNeeds() throws IOException, InterruptedException {
        String classes =
                System.getProperty("weir.jar")
                        + File.pathSeparator
                        + Path.of("target", "test-classes").toAbsolutePath();
        try (SmtpDouble server = SmtpDouble.plain()) {
            Process sender =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    classes,
                                    TellByMail.class.getName(),
                                    Integer.toString(server.port()))
                            .redirectErrorStream(true)
                            .start();
            String said = new String(sender.getInputStream().readAllBytes(), UTF_8);
            assertThat(sender.waitFor()).as(said).isZero();
            assertThat(said.strip()).isEqualTo("Delivered[rejected=0]");
            Received mail = server.received().getFirst();
            assertThat(mail.recipients()).isEqualTo(List.of("ada@example.com"));
            assertThat(mail.data())
                    .contains("multipart/alternative", "text/plain", "text/html", "=?UTF-8?");
        }
    }
}
