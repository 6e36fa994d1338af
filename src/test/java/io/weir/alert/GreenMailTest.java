package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.weir.export.Sent;
import io.weir.outbound.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS from the first byte on and users, with GreenMail at the other end. It has no STARTTLS. */
@Timeout(60)
class GreenMailTest {
    @TempDir private static Path directory;

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));

    /** GreenMail reads it once, and nobody else here asks it for TLS. */
    @BeforeAll
    static void certify() throws IOException, InterruptedException {
        Certificate certificate = Certificate.of(directory, "ip:127.0.0.1");
        System.setProperty("greenmail.tls.keystore.file", certificate.store().toString());
        System.setProperty("greenmail.tls.keystore.password", "changeit");
        System.setProperty("greenmail.tls.key.password", "changeit");
    }

    @BeforeEach
    void start() {
        server.start();
        server.setUser("ada@example.com", "ada", "s3cret");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void whoHasThePasswordIsLetIn() throws IOException, InterruptedException {
        try (Channel channel = channel("s3cret", true)) {
            for (int i = 0; i < 10; i++) {
                assertThat(channel.tell(Notifications.of(i))).isEqualTo(Sent.DELIVERED);
            }
        }
        said(10);
        assertThat(server.getReceivedMessages()).hasSize(10);
    }

    @Test
    void whoDoesNotIsNot() throws IOException, InterruptedException {
        try (Channel channel = channel("wr0ng", true)) {
            Sent.Failed failed = (Sent.Failed) channel.tell(Notifications.of(0));
            assertThat(failed.reason())
                    .contains("535", "Check user and password")
                    .doesNotContain("wr0ng");
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aCertificateOfNobodyKnownIsNotBelieved() throws IOException, InterruptedException {
        try (Channel channel = channel("s3cret", false)) {
            Sent.Failed failed = (Sent.Failed) channel.tell(Notifications.of(0));
            assertThat(failed.reason()).contains("certification path");
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void whatFailsWhileItIsDownIsTakenWhenItIsUp() throws IOException, InterruptedException {
        try (Channel channel = channel("s3cret", true)) {
            int port = server.getSmtps().getPort();
            server.stop();
            assertThat(channel.tell(Notifications.of(0))).isInstanceOf(Sent.Failed.class);
            GreenMail again =
                    new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
            again.start();
            again.setUser("ada@example.com", "ada", "s3cret");
            try {
                assertThat(channel.tell(Notifications.of(0))).isEqualTo(Sent.DELIVERED);
                assertThat(again.getReceivedMessages()).hasSize(1);
            } finally {
                again.stop();
            }
        }
    }

    private Channel channel(String password, boolean believing) {
        String yaml =
                """
                kind: email
                from: weir@example.com
                to: [ada@example.com]
                allow: [127.0.0.1]
                tls: implicit
                host: 127.0.0.1
                port: %d
                user: ada
                password: env:PASSWORD
                """
                        .formatted(server.getSmtps().getPort());
        String authority = "certificates: %s\n".formatted(directory.resolve("server.pem"));
        return Channels.open(believing ? yaml + authority : yaml, Map.of("PASSWORD", password));
    }

    private void said(int told) {
        System.out.printf(
                "GreenMail by TLS: told %d, received %d%n",
                told, server.getReceivedMessages().length);
    }
}
