package io.weir.alert;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mail of a notification, in text and in HTML. Its id is the notification's, so that one that
 * comes twice can be known; all of an incident answer to an id that is the incident's, which makes
 * a thread of them.
 */
final class EmailMessage extends MimeMessage {
    private static final String UTF_8 = "UTF-8";

    private final String id;

    private EmailMessage(Session session, String id) {
        super(session);
        this.id = id;
    }

    static EmailMessage of(Session session, EmailSettings settings, Notification notification)
            throws MessagingException {
        NotificationText words = NotificationText.of(notification);
        EmailMessage message = new EmailMessage(session, id(notification.id(), settings.domain()));
        message.setFrom(settings.from());
        message.setRecipients(
                Message.RecipientType.TO, settings.to().toArray(InternetAddress[]::new));
        message.setSubject(subject(words), UTF_8);
        message.setSentDate(Date.from(notification.at()));
        String incident = id("incident-" + notification.incident().id(), settings.domain());
        message.setHeader("In-Reply-To", incident);
        message.setHeader("References", incident);
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContent(
                new MimeMultipart(
                        "alternative",
                        part(text(words, notification.link()), "plain"),
                        part(html(words, notification.link()), "html")));
        message.saveChanges();
        return message;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    private static String id(String local, String domain) {
        return "<%s@%s>".formatted(local, domain);
    }

    /** What looks encoded already would be decoded by whoever shows it. */
    private static String subject(NotificationText words) {
        return Defused.unlinked(words.title()).replace("=?", "= ?");
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    private static String text(NotificationText words, @Nullable String link) {
        String text = Defused.unlinked(words.text()) + "\n";
        return link == null ? text : text + "\n" + link + "\n";
    }

    private static String html(NotificationText words, @Nullable String link) {
        String lines =
                words.lines().stream()
                        .map(line -> "<p>" + escaped(Defused.unlinked(line)) + "</p>\n")
                        .collect(Collectors.joining());
        String anchor =
                link == null
                        ? ""
                        : "<p><a href=\"%s\">Look at it</a></p>\n".formatted(escaped(link));
        return "<!doctype html>\n<html><body>\n<h3>%s</h3>\n%s%s</body></html>\n"
                .formatted(escaped(Defused.unlinked(words.title())), lines, anchor);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
