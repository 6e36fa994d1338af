package io.weir.it;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A mail server on a free port of loopback (GreenMail), and what it was handed. */
final class Mailbox implements Closeable {
    /** Whose mail it takes. */
    static final String ADDRESS = "ops@example.com";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private Mailbox(String user, String password, boolean asks) {
        server.start();
        server.setUser(ADDRESS, user, password);
        server.getManagers().getUserManager().setAuthRequired(asks);
    }

    /** One where anybody may hand mail in. */
    static Mailbox open() {
        return new Mailbox("nobody", "not-asked-for", false);
    }

    /** One where whoever hands mail in has to show that password. */
    static Mailbox of(String user, String password) {
        return new Mailbox(user, password, true);
    }

    /**
     * A mail.
     *
     * @param head its header fields
     * @param thread what it answers to
     * @param parts the texts it has, decoded: plain, then HTML
     */
    record Mail(String head, String subject, String thread, List<String> parts) {
        /** What is read where HTML is not. */
        String text() {
            return parts.getFirst();
        }
    }

    /** Where mail is handed in. */
    int port() {
        return server.getSmtp().getPort();
    }

    /** The first mail whose subject begins so, once there is one. */
    Mail awaitMail(String subject) {
        return await(subject)
                .atMost(PATIENCE)
                .until(
                        () ->
                                mails().stream()
                                        .filter(mail -> mail.subject().startsWith(subject))
                                        .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    /** What it has, in order. */
    List<Mail> mails() {
        List<Mail> mails = new ArrayList<>();
        for (MimeMessage message : server.getReceivedMessages()) {
            mails.add(mail(message));
        }
        return mails;
    }

    @Override
    public void close() {
        server.stop();
    }

    private static Mail mail(MimeMessage message) {
        try {
            List<String> parts = new ArrayList<>();
            MimeMultipart content = (MimeMultipart) message.getContent();
            for (int i = 0; i < content.getCount(); i++) {
                BodyPart part = content.getBodyPart(i);
                parts.add(part.getContent().toString());
            }
            return new Mail(
                    String.join("\n", Collections.list(message.getAllHeaderLines())),
                    message.getSubject(),
                    message.getHeader("References")[0],
                    parts);
        } catch (MessagingException e) {
            throw new IllegalStateException("no mail of Weir's", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
