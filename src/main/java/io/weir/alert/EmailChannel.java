package io.weir.alert;

import io.weir.export.Sent;
import io.weir.outbound.Alarm;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedDial;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.Resolver;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Mail, handed to a server by SMTP, over a connection for each. When the server takes it for some
 * recipients only, it is tried again with the others.
 */
final class EmailChannel implements Channel {
    private final EmailSettings settings;
    private final GuardedDial dial;
    private final Session session;
    private final Set<Address> served = new HashSet<>();
    private String servedWith = "";

    /** Nothing is sent yet. */
    EmailChannel(EmailSettings settings, GuardedDial dial) {
        this.settings = settings;
        this.dial = dial;
        this.session = Session.getInstance(properties(settings, dial));
    }

    static ChannelKinds.Opening opening(DestinationKeys keys) {
        GuardedDial dial = EmailSettings.dial(keys, Resolver.SYSTEM);
        EmailSettings settings = EmailSettings.of(keys, dial);
        return () -> new EmailChannel(settings, dial);
    }

    @Override
    public Sent tell(Notification notification) throws InterruptedException {
        if (!notification.id().equals(servedWith)) {
            servedWith = notification.id();
            served.clear();
        }
        long deadline = System.nanoTime() + settings.whole().toNanos();
        try {
            Duration connect =
                    settings.connect().compareTo(settings.whole()) < 0
                            ? settings.connect()
                            : settings.whole();
            GuardedDial.Connection connection = dial.connect(settings.server(), connect);
            Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
            return send(notification, connection, left);
        } catch (HttpFailure e) {
            return new Sent.Failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        // A connection ends with its mail.
    }

    private Sent send(Notification notification, GuardedDial.Connection to, Duration left)
            throws HttpFailure, InterruptedException {
        SMTPTransport smtp = new SMTPTransport(session, login());
        Socket transport = to.transport();
        try (Alarm alarm = new Alarm(transport, left)) {
            try {
                smtp.setLocalHost(literal(transport.getLocalAddress()));
                smtp.connect(to.socket());
                smtp.sendMessage(EmailMessage.of(session, settings, notification), waiting());
                goodbye(smtp);
                return Sent.DELIVERED;
            } catch (SendFailedException e) {
                served.addAll(Arrays.asList(servedNow(e)));
                return EmailReply.of(e, settings.server(), smtp.getLastReturnCode());
            } catch (MessagingException e) {
                if (alarm.rung()) {
                    SocketTimeoutException late = Alarm.timedOut(left);
                    throw GuardedDial.failure(settings.server(), "did not take the mail", late);
                }
                return EmailReply.of(e, settings.server(), smtp.getLastReturnCode());
            }
        } finally {
            close(transport);
        }
    }

    /** The recipients that do not have it yet. */
    private Address[] waiting() {
        return settings.to().stream()
                .filter(address -> !served.contains(address))
                .toArray(Address[]::new);
    }

    private static Address[] servedNow(SendFailedException e) {
        return Objects.requireNonNullElse(e.getValidSentAddresses(), new Address[0]);
    }

    /** Without a host: it would be looked up when the server lets nobody in. */
    private URLName login() {
        @Nullable String user = settings.login().map(EmailSettings.Login::user).orElse(null);
        @Nullable String password =
                settings.login().map(login -> login.password().reveal()).orElse(null);
        return new URLName("smtp", null, -1, null, user, password);
    }

    /** The mail has been taken, whatever becomes of the connection. */
    private static void goodbye(SMTPTransport smtp) {
        try {
            smtp.close();
        } catch (MessagingException e) {
            // The connection is closed below it.
        }
    }

    private static void close(Socket transport) {
        try {
            transport.close();
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }

    /** What a host is called that has no name for others to know it by (RFC 5321, 4.1.3). */
    private static String literal(InetAddress own) {
        String address = own.getHostAddress();
        return own instanceof Inet6Address
                ? "[IPv6:%s]".formatted(address.replaceFirst("%.*", ""))
                : "[%s]".formatted(address);
    }

    private static Properties properties(EmailSettings settings, GuardedDial dial) {
        Properties properties = new Properties();
        properties.put("mail.smtp.ssl.socketFactory", dial.tls());
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        boolean begun = settings.tls() == EmailSettings.Tls.STARTTLS;
        properties.put("mail.smtp.starttls.enable", Boolean.toString(begun));
        properties.put("mail.smtp.starttls.required", Boolean.toString(begun));
        properties.put("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
        properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.quitwait", "false");
        return properties;
    }
}
