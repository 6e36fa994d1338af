package io.weir.alert;

import io.weir.config.Settings;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedDial;
import io.weir.outbound.HttpTarget;
import io.weir.outbound.Resolver;
import io.weir.outbound.Scheme;
import io.weir.wire.Secret;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How mail is sent.
 *
 * @param server where a mail is handed in
 * @param login who hands it in; missing where the server takes it from everybody
 * @param connect for TCP and, where it comes first, TLS
 * @param whole for everything
 */
record EmailSettings(
        HttpTarget server,
        Tls tls,
        Optional<Login> login,
        InternetAddress from,
        List<InternetAddress> to,
        Duration connect,
        Duration whole) {
    private static final Scheme SMTP = new Scheme("smtps", 465, "smtp", 587);

    /** When a connection becomes a secret one. */
    enum Tls {
        /** Begun in the clear, and given up where the server will not have TLS. */
        STARTTLS(587),
        /** From its first byte on. */
        IMPLICIT(465),
        /** Never. */
        NONE(25);

        private static final List<String> WORDS = List.of("starttls", "implicit", "none");

        private final int port;

        Tls(int port) {
            this.port = port;
        }
    }

    /** A user of the mail server. */
    record Login(String user, Secret password) {}

    EmailSettings {
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("to is empty: give the addresses mail goes to");
        }
        if (!connect.isPositive() || !whole.isPositive()) {
            throw new IllegalArgumentException(
                    "timeouts are longer than nothing, not %s and %s".formatted(connect, whole));
        }
    }

    /** Of the sender, which the ids of messages end in. */
    String domain() {
        String address = from.getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** Connects to what the keys allow. */
    static GuardedDial dial(DestinationKeys keys, Resolver resolver) {
        Optional<Path> certificates =
                Optional.ofNullable(
                                keys.settings()
                                        .textOrNull(
                                                "certificates",
                                                "a PEM file of further authorities"))
                        .map(keys.data()::resolve);
        List<String> allow =
                keys.settings()
                        .texts(
                                "allow",
                                "hosts and ranges of addresses that are not public and may be sent to");
        return keys.made(() -> new GuardedDial(allow, certificates, resolver));
    }

    static EmailSettings of(DestinationKeys keys, GuardedDial dial) {
        Settings its = keys.settings();
        Tls tls =
                Tls.valueOf(
                        its.oneOf("tls", Tls.WORDS, "when TLS begins").toUpperCase(Locale.ROOT));
        String host = its.text("host", "", "of the mail server");
        int port = its.number("port", tls.port, 1, 65_535, "of the mail server");
        Optional<Login> login = login(keys);
        InternetAddress from = address(keys, "from", its.text("from", "", "who sends it"));
        List<InternetAddress> to =
                its.texts("to", "who gets it").stream()
                        .map(text -> address(keys, "to", text))
                        .toList();
        Duration connect = its.duration("timeouts.connect", "10s", "for a connection");
        Duration whole = its.duration("timeouts.whole", "60s", "for everything");
        return keys.made(() ->
                new EmailSettings(
                        server(dial, tls, host, port), tls, login, from, to, connect, whole));
    }

    private static HttpTarget server(GuardedDial dial, Tls tls, String host, int port) {
        HttpTarget secure = dial.target(uri(SMTP.secure(), host, port), SMTP);
        return switch (tls) {
            case IMPLICIT -> secure;
            case STARTTLS ->
                    new HttpTarget(SMTP, false, secure.host(), secure.port(), secure.path());
            case NONE -> {
                try {
                    yield dial.target(uri(SMTP.plain(), host, port), SMTP);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "tls is none only for a host that is named in allow", e);
                }
            }
        };
    }

    private static URI uri(String scheme, String host, int port) {
        try {
            return new URI(scheme, null, host.isEmpty() ? null : host, port, "/", null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("host is none: give the mail server's name", e);
        }
    }

    private static Optional<Login> login(DestinationKeys keys) {
        String user = keys.settings().text("user", "", "of the mail server; none without");
        if (user.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Login(user, keys.secret("password", "the user's")));
    }

    private static InternetAddress address(DestinationKeys keys, String key, String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            address.validate();
            if (address.isGroup() || address.getAddress().indexOf('@') < 0) {
                throw new AddressException("no domain");
            }
            return address;
        } catch (AddressException e) {
            throw keys.wrong(
                    "%s: '%s' is no address: write ada@example.com or Ada <ada@example.com>"
                            .formatted(key, text));
        }
    }
}
