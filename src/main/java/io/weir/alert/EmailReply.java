package io.weir.alert;

import io.weir.export.Sent;
import io.weir.outbound.GuardedDial;
import io.weir.outbound.HttpTarget;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server's replies mean for a mail. Their numbers are shown and their words are not:
 * these may repeat what was sent.
 */
final class EmailReply {
    /**
     * Of its kind with those that pass: a full mailbox, or too many recipients (RFC 5321,
     * 4.5.3.1.10).
     */
    private static final int STORAGE = 552;

    private EmailReply() {}

    /**
     * What became of a mail that was not taken, or not for everybody.
     *
     * @param last the number of the last reply
     */
    static Sent of(MessagingException e, HttpTarget server, int last) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (e instanceof AuthenticationFailedException) {
            return new Sent.Failed(
                    "%s does not let Weir in (status %d). Check user and password"
                            .formatted(server, last));
        }
        Optional<IOException> broken = cause(e);
        if (broken.isPresent()) {
            return new Sent.Failed(
                    String.valueOf(
                            GuardedDial.failure(server, "did not take the mail", broken.get())
                                    .getMessage()));
        }
        if (e instanceof SendFailedException failed) {
            List<Integer> recipients = recipients(failed);
            return recipients.isEmpty()
                    ? mail(failed, server, last)
                    : recipients(recipients, served(failed) > 0, server);
        }
        return last >= 200 && last < 300
                ? new Sent.Failed(
                        "%s has no STARTTLS. Set tls to implicit, with its port, if it has that"
                                .formatted(server))
                : unable(server, last);
    }

    private static Sent mail(SendFailedException e, HttpTarget server, int last) {
        String command =
                e instanceof SMTPSendFailedException smtp ? String.valueOf(smtp.getCommand()) : "";
        int status = e instanceof SMTPSendFailedException smtp ? smtp.getReturnCode() : last;
        if (command.startsWith("MAIL")) {
            return new Sent.Failed(
                    "%s does not take mail from that sender (status %d). Check from, user and password"
                            .formatted(server, status));
        }
        return status >= 500
                ? new Sent.Refused("%s refused the mail (status %d)".formatted(server, status))
                : unable(server, status);
    }

    private static Sent recipients(List<Integer> statuses, boolean others, HttpTarget server) {
        Optional<Integer> passing =
                statuses.stream().filter(each -> each < 500 || each == STORAGE).findFirst();
        String rest = others ? "; the others have it" : "";
        return passing.<Sent>map(status ->
                        new Sent.Failed(
                                "%s does not take it for %d recipients now (status %d)%s"
                                        .formatted(server, statuses.size(), status, rest)))
                .orElseGet(() ->
                        new Sent.Refused(
                                "%s refuses %d recipients (status %d)%s. Check to"
                                        .formatted(
                                                server,
                                                statuses.size(),
                                                statuses.getFirst(),
                                                rest)));
    }

    private static Sent unable(HttpTarget server, int status) {
        return new Sent.Failed(
                status < 0
                        ? "%s broke off".formatted(server)
                        : "%s did not take the mail (status %d)".formatted(server, status));
    }

    private static int served(SendFailedException e) {
        return e.getValidSentAddresses() == null ? 0 : e.getValidSentAddresses().length;
    }

    /** The replies to recipients that were not taken. */
    private static List<Integer> recipients(SendFailedException e) {
        List<Integer> statuses = new ArrayList<>();
        for (@Nullable Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof SMTPAddressFailedException failed) {
                statuses.add(failed.getReturnCode());
            }
        }
        return statuses;
    }

    private static Optional<IOException> cause(Throwable e) {
        for (@Nullable Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof IOException broken) {
                return Optional.of(broken);
            }
        }
        return Optional.empty();
    }
}
