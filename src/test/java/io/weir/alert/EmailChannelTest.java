package io.weir.alert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.weir.alert.SmtpDouble.Received;
import io.weir.config.ConfigException;
import io.weir.export.Sent;
import io.weir.outbound.Certificate;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel over a mail server that fails in the ways mail servers do. */
@Timeout(60)
class EmailChannelTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PASSWORD", SmtpDouble.PASSWORD, "WRONG", "wr0ng");

    private final SmtpDouble server = SmtpDouble.plain();

    @TempDir private Path directory;

    EmailChannelTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void eachNotificationIsAMail() throws IOException, InterruptedException {
        try (Channel channel = plain(server)) {
            for (int i = 0; i < 20; i++) {
                assertThat(channel.tell(Notifications.of(i))).isEqualTo(Sent.DELIVERED);
            }
        }
        Received first = server.received().getFirst();
        assertThat(first.sender()).isEqualTo("weir@example.com");
        assertThat(first.recipients()).containsExactly("ada@example.com", "bob@example.com");
        assertThat(server.commands()).contains("EHLO [127.0.0.1]");
        assertThat(tally(20, server, "all well")).isEqualTo(new Tally(20, 20, 0, 0));
    }

    @Test
    void starttlsHidesTheUserAndTheMail()
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = Certificate.of(directory, "ip:127.0.0.1");
        try (SmtpDouble secure = SmtpDouble.secure(certificate);
                Channel channel = secure(secure, certificate, "PASSWORD")) {
            assertThat(channel.tell(Notifications.of(0))).isEqualTo(Sent.DELIVERED);
            assertThat(secure.received().getFirst().secure()).isTrue();
            assertThat(tally(1, secure, "STARTTLS")).isEqualTo(new Tally(1, 1, 0, 0));
        }
    }

    @Test
    void aWrongPasswordIsAFailure()
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = Certificate.of(directory, "ip:127.0.0.1");
        try (SmtpDouble secure = SmtpDouble.secure(certificate);
                Channel channel = secure(secure, certificate, "WRONG")) {
            assertThat(reason(channel.tell(Notifications.of(0))))
                    .contains("535", "Check user and password")
                    .doesNotContain("wr0ng");
            assertThat(secure.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns:other.test", "ip:127.0.0.2"})
    void aCertificateOfAnotherNameIsNotBelieved(String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = Certificate.of(directory, name);
        try (SmtpDouble secure = SmtpDouble.secure(certificate);
                Channel channel = secure(secure, certificate, "PASSWORD")) {
            assertThat(reason(channel.tell(Notifications.of(0)))).contains("127.0.0.1");
            assertThat(secure.commands()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void aCertificateOfNobodyKnownIsNotBelieved()
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = Certificate.of(directory, "ip:127.0.0.1");
        String yaml =
                yaml("starttls").replace("host:", "user: weir\npassword: env:PASSWORD\nhost:");
        try (SmtpDouble secure = SmtpDouble.secure(certificate);
                Channel channel = Channels.open(yaml + "port: " + secure.port(), ENVIRONMENT)) {
            assertThat(reason(channel.tell(Notifications.of(0)))).contains("certification path");
            assertThat(secure.commands()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void nothingIsSaidInTheClearWhereStarttlsIsWanted() throws IOException, InterruptedException {
        String yaml =
                yaml("starttls").replace("host:", "user: weir\npassword: env:PASSWORD\nhost:");
        try (Channel channel = Channels.open(yaml + "port: " + server.port(), ENVIRONMENT)) {
            assertThat(reason(channel.tell(Notifications.of(0)))).contains("has no STARTTLS");
        }
        assertThat(server.commands()).allMatch(line -> line.startsWith("EHLO"));
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, 421",
        "CONNECT, 554",
        "EHLO, 421",
        "MAIL, 421",
        "MAIL, 451",
        "MAIL, 530",
        "MAIL, 550",
        "MAIL, 553",
        "RCPT, 421",
        "RCPT, 450",
        "RCPT, 452",
        "RCPT, 552",
        "DATA, 421",
        "DATA, 451",
        "., 421",
        "., 451"
    })
    void whatMayPassIsAFailureAndNothingIsLost(String command, int status)
            throws IOException, InterruptedException {
        // EHLO is followed by HELO, and a recipient by the other.
        server.next(command, status, status);
        server.next("HELO", status);
        try (Channel channel = plain(server)) {
            assertThat(reason(channel.tell(Notifications.of(0))))
                    .contains(Integer.toString(status))
                    .doesNotContain("no:");
            while (!channel.tell(Notifications.of(0)).equals(Sent.DELIVERED)) {
                assertThat(server.received()).isEmpty();
            }
        }
        assertThat(tally(1, server, command + " " + status)).isEqualTo(new Tally(1, 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550", "RCPT, 551", "RCPT, 554", "DATA, 554", "., 550", "., 552", "., 554"})
    void whatItWillNeverTakeIsRefused(String command, int status)
            throws IOException, InterruptedException {
        server.next(command, status, status);
        try (Channel channel = plain(server)) {
            Sent.Refused refused = (Sent.Refused) channel.tell(Notifications.of(0));
            assertThat(refused.reason())
                    .contains(Integer.toString(status))
                    .doesNotContain("no:", "example.com");
        }
        assertThat(server.received()).isEmpty();
    }

    @Test
    void whoTookItDoesNotGetItAgainWhenOthersDoLater() throws IOException, InterruptedException {
        server.next("RCPT TO:<BOB", 450, 450);
        try (Channel channel = plain(server)) {
            assertThat(reason(channel.tell(Notifications.of(0)))).contains("450", "others have it");
            assertThat(channel.tell(Notifications.of(0))).isInstanceOf(Sent.Failed.class);
            assertThat(channel.tell(Notifications.of(0))).isEqualTo(Sent.DELIVERED);
            assertThat(channel.tell(Notifications.of(1))).isEqualTo(Sent.DELIVERED);
        }
        assertThat(server.received().stream().map(Received::recipients))
                .containsExactly(
                        List.of("ada@example.com"),
                        List.of("bob@example.com"),
                        List.of("ada@example.com", "bob@example.com"));
    }

    @Test
    void aRecipientThatIsRefusedKeepsItFromNobodyElse() throws IOException, InterruptedException {
        server.next("RCPT TO:<ADA", 550);
        try (Channel channel = plain(server)) {
            Sent.Refused refused = (Sent.Refused) channel.tell(Notifications.of(0));
            assertThat(refused.reason()).contains("1 recipients (status 550); the others have it");
        }
        assertThat(server.received().getFirst().recipients()).containsExactly("bob@example.com");
    }

    @Test
    void aReplyThatIsLostIsToldTwiceWithTheSameId()
            throws IOException, InterruptedException, MessagingException {
        server.next(".", SmtpDouble.GONE);
        try (Channel channel = plain(server)) {
            assertThat(channel.tell(Notifications.of(0))).isInstanceOf(Sent.Failed.class);
            assertThat(channel.tell(Notifications.of(0))).isEqualTo(Sent.DELIVERED);
        }
        assertThat(tally(1, server, "reply lost")).isEqualTo(new Tally(1, 2, 0, 1));
        assertThat(mail(server.received().getFirst()).getMessageID())
                .isEqualTo("<note-0@example.com>")
                .isEqualTo(mail(server.received().getLast()).getMessageID());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."})
    void aServerThatGoesAwayIsAFailure(String when) throws IOException, InterruptedException {
        server.next(when, SmtpDouble.GONE);
        try (Channel channel = plain(server)) {
            assertThat(channel.tell(Notifications.of(0))).isInstanceOf(Sent.Failed.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"CONNECT, -1", "EHLO, -1", "RCPT, -1", "., -1", "EHLO, -2", "RCPT, -2"})
    void aServerThatDoesNotComeToAnEndIsGivenUp(String when, int how)
            throws IOException, InterruptedException {
        server.next(when, how);
        String yaml = yaml("none") + "timeouts: {whole: 300ms}\nport: " + server.port();
        try (Channel channel = Channels.open(yaml, ENVIRONMENT)) {
            assertThat(reason(channel.tell(Notifications.of(0)))).contains("nothing within");
        }
    }

    @Test
    void whoTellsCanBeInterrupted() throws IOException, InterruptedException {
        server.next("RCPT", SmtpDouble.SILENT);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (Channel channel = plain(server)) {
            Thread teller =
                    Thread.ofVirtual()
                            .start(() ->
                                    thrown.set(
                                            catchThrowable(
                                                    () -> channel.tell(Notifications.of(0)))));
            server.awaitSilence();
            teller.interrupt();
            teller.join();
        }
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anOutageIsAFailureUntilItIsOver() throws IOException, InterruptedException {
        int port = server.port();
        server.close();
        try (Channel channel = Channels.open(yaml("none") + "port: " + port, ENVIRONMENT)) {
            assertThat(reason(channel.tell(Notifications.of(0)))).contains("cannot be reached");
            try (SmtpDouble again = SmtpDouble.plain(port)) {
                assertThat(channel.tell(Notifications.of(0))).isEqualTo(Sent.DELIVERED);
                assertThat(tally(1, again, "down, then up")).isEqualTo(new Tally(1, 1, 0, 0));
            }
        }
    }

    @Test
    void whatIsNotPublicIsNotConnectedTo() throws IOException, InterruptedException {
        String yaml = yaml("starttls").replace("allow: [127.0.0.1]", "allow: []");
        for (String host : List.of("127.0.0.1", "localhost", "\"::1\"")) {
            String there = yaml.replace("host: 127.0.0.1", "host: " + host);
            try (Channel channel = Channels.open(there + "port: " + server.port(), ENVIRONMENT)) {
                assertThat(reason(channel.tell(Notifications.of(0)))).contains("not public");
            }
        }
        assertThat(server.commands()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "host: mail.example.com; tls: none; named in allow",
                "host: ''; tls: starttls; host",
                "host: a b; tls: implicit; host",
                "host: mail.example.com; port: 0; from 1 to 65535",
                "host: mail.example.com; tls: ssl; starttls, implicit, none",
                "host: mail.example.com; to: []; to is empty",
                "host: mail.example.com; to: [nobody]; is no address",
                "host: mail.example.com; to: ['a@example.com, b@example.com']; is no address",
                "host: mail.example.com; to: [\"a@example.com\\r\\nBcc: b@example.com\"]; is no address",
                "host: mail.example.com; from: ''; is no address",
                "host: mail.example.com; {user: a, password: plain}; env:NAME",
                "host: mail.example.com; user: a; password",
                "host: mail.example.com; certificates: nowhere.pem; nowhere.pem",
                "host: mail.example.com; timeouts: {whole: 0s}; longer than nothing"
            })
    void whatCannotBeUsedIsRefusedAtTheStart(String host, String more, String why) {
        String rest = more.startsWith("{") ? more.substring(1, more.length() - 1) : more;
        String key = rest.substring(0, rest.indexOf(':') + 1);
        String usual =
                List.of("from: weir@example.com", "to: [ada@example.com]").stream()
                        .filter(line -> !line.startsWith(key))
                        .reduce("", (a, b) -> a + b + ", ");
        assertThatThrownBy(() ->
                        Channels.plan(
                                "{name: it, kind: email, %s%s, %s}".formatted(usual, host, rest),
                                ENVIRONMENT))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("plain");
    }

    private static Channel plain(SmtpDouble server) {
        return Channels.open(yaml("none") + "port: " + server.port(), ENVIRONMENT);
    }

    private static Channel secure(SmtpDouble server, Certificate certificate, String password) {
        return Channels.open(
                yaml("starttls")
                        + "user: weir\npassword: env:%s\ncertificates: %s\nport: %d"
                                .formatted(password, certificate.pem(), server.port()),
                ENVIRONMENT);
    }

    private static String yaml(String tls) {
        return """
        kind: email
        from: Weir <weir@example.com>
        to: [ada@example.com, Bob <bob@example.com>]
        allow: [127.0.0.1]
        tls: %s
        host: 127.0.0.1
        """
                .formatted(tls);
    }

    private static String reason(Sent sent) {
        return ((Sent.Failed) sent).reason();
    }

    private static MimeMessage mail(Received received) throws MessagingException {
        return new MimeMessage(
                null, new ByteArrayInputStream(received.data().getBytes(ISO_8859_1)));
    }

    private static Tally tally(int told, SmtpDouble server, String when) {
        return Tally.of(told, server.received().stream().map(Received::data).toList())
                .said("EMAIL, " + when);
    }
}
