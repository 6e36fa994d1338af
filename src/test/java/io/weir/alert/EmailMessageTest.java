package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.weir.alert.Notification.Kind;
import io.weir.export.Sent;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a mail is like when GreenMail, a mail server of others, has it. */
@Timeout(60)
class EmailMessageTest {
    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMailSaysItInTextAndHtml() throws Exception {
        MimeMessage mail = told(Notifications.of(Kind.OPENED));
        assertThat(mail.getSubject())
                .isEqualTo("CRITICAL rule-1: 12.3 % of calls failed (model gpt-4o)");
        assertThat(mail.getFrom()[0].toString()).isEqualTo("Weir <weir@example.com>");
        assertThat(mail.getSentDate().toInstant()).isEqualTo(Notifications.AT);
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(text(mail, 0))
                .isEqualToNormalizingNewlines(
                        """
                        CRITICAL rule-1: 12.3 % of calls failed (model gpt-4o)
                        More than 5 % of calls fail
                        Open since 2026-11-26 12:00 UTC
                        - 12.3 % of calls failed (model gpt-4o) (since 2026-11-26 12:00 UTC)

                        https://weir.example.com/alerts/inc-1?a=1&b=2
                        """);
        assertThat(text(mail, 1))
                .contains("<a href=\"https://weir.example.com/alerts/inc-1?a=1&amp;b=2\">")
                .contains("<h3>CRITICAL rule-1: 12.3 % of calls failed (model gpt-4o)</h3>");
    }

    @Test
    void mailsOfAnIncidentAreAThread() throws Exception {
        for (Kind kind : List.of(Kind.OPENED, Kind.RESOLVED)) {
            MimeMessage mail = told(Notifications.of(kind));
            assertThat(mail.getMessageID()).isEqualTo("<note-1@example.com>");
            assertThat(mail.getHeader("References"))
                    .containsExactly("<incident-inc-1@example.com>");
            assertThat(mail.getHeader("In-Reply-To"))
                    .containsExactly("<incident-inc-1@example.com>");
        }
    }

    @ParameterizedTest
    @MethodSource("io.weir.alert.Hostile#names")
    void aNameAddsNoFieldNoLineNoLinkAndNoElement(String name) throws Exception {
        MimeMessage usual = told(Notifications.of(Kind.OPENED));
        MimeMessage mail = told(Notifications.named(name));
        assertThat(fields(mail)).containsExactlyElementsOf(fields(usual));
        assertThat(mail.getAllRecipients()).hasSize(1);
        NotificationText words = NotificationText.of(Notifications.named(name));
        assertThat(mail.getSubject())
                .isEqualTo(Defused.unlinked(words.title()).replace("=?", "= ?"))
                .doesNotContain("\n", "\r", "evil.example", "<b>");
        assertThat(text(mail, 0).lines()).hasSameSizeAs(text(usual, 0).lines().toList());
        assertThat(text(mail, 0)).doesNotContain("evil.example");
        String html = text(mail, 1);
        assertThat(html.replaceAll("[^<>]", "")).isEqualTo(text(usual, 1).replaceAll("[^<>]", ""));
        assertThat(html).doesNotContain("evil.example", "<script", "<img");
        System.out.printf("GreenMail: told 2, received %d%n", server.getReceivedMessages().length);
        assertThat(server.getReceivedMessages()).hasSize(2);
    }

    private MimeMessage told(Notification notification) throws IOException, InterruptedException {
        String yaml =
                """
                kind: email
                from: Weir <weir@example.com>
                to: [ada@example.com]
                allow: [127.0.0.1]
                tls: none
                host: 127.0.0.1
                port: %d
                """
                        .formatted(server.getSmtp().getPort());
        try (Channel channel = Channels.open(yaml, Map.of())) {
            assertThat(channel.tell(notification)).isEqualTo(Sent.DELIVERED);
        }
        return Arrays.asList(server.getReceivedMessages()).getLast();
    }

    private static List<String> fields(MimeMessage mail) throws MessagingException {
        return Collections.list(mail.getAllHeaders()).stream().map(Header::getName).toList();
    }

    private static String text(MimeMessage mail, int part) throws IOException, MessagingException {
        BodyPart body = ((MimeMultipart) mail.getContent()).getBodyPart(part);
        assertThat(body.isMimeType(part == 0 ? "text/plain" : "text/html")).isTrue();
        return (String) body.getContent();
    }
}
