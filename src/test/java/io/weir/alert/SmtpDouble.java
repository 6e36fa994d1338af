package io.weir.alert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.weir.outbound.Certificate;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server (RFC 5321) with STARTTLS (RFC 3207) and AUTH (RFC 4954), as far as one that hands
 * mail in can tell. Its words repeat what was sent, as some servers' do.
 */
final class SmtpDouble implements Closeable {
    static final String USER = "weir";
    static final String PASSWORD = "s3cret";

    /** Closes the connection instead of replying. */
    static final int GONE = 0;

    /** Does not reply. */
    static final int SILENT = -1;

    /** A reply's lines come without end. */
    static final int ENDLESS = -2;

    private final ServerSocket listener;
    private final Optional<SSLContext> tls;
    private final Map<String, Queue<Integer>> next = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    private SmtpDouble(int port, Optional<SSLContext> tls) throws IOException {
        this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.tls = tls;
        Thread.ofVirtual().start(this::listen);
    }

    /** A mail that it has taken. */
    record Received(String sender, List<String> recipients, boolean secure, String data) {}

    static SmtpDouble plain() throws IOException {
        return new SmtpDouble(0, Optional.empty());
    }

    static SmtpDouble plain(int port) throws IOException {
        return new SmtpDouble(port, Optional.empty());
    }

    /** One that has STARTTLS, and wants a user. */
    static SmtpDouble secure(Certificate certificate) throws IOException, GeneralSecurityException {
        return new SmtpDouble(0, Optional.of(certificate.context()));
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next commands that begin so are replied to with these numbers, and do nothing. */
    void next(String command, Integer... replies) {
        next.computeIfAbsent(command, key -> new ConcurrentLinkedQueue<>())
                .addAll(List.of(replies));
    }

    List<Received> received() {
        return received;
    }

    /** All that was said to it, data excepted. */
    List<String> commands() {
        return commands;
    }

    /** Waits until there is no reply to a command. */
    void awaitSilence() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        listener.close();
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new Session(socket, false).run("220 double ready");
        } catch (SocketException e) {
            // The other side has gone.
        } catch (IOException e) {
            // TLS that failed, for one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection; a new one begins with TLS. */
    private final class Session {
        private final Socket socket;
        private final boolean secure;
        private final BufferedReader in;
        private final List<String> recipients = new ArrayList<>();
        private String sender = "";
        private boolean known;

        Session(Socket socket, boolean secure) throws IOException {
            this.socket = socket;
            this.secure = secure;
            this.known = tls.isEmpty();
            this.in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        }

        void run(String greeting) throws IOException, InterruptedException {
            if (!greeting.isEmpty() && canned("CONNECT", "") == null) {
                say(greeting);
            }
            String line = in.readLine();
            while (line != null && !line.equals("QUIT") && !socket.isClosed()) {
                commands.add(line);
                Integer reply = canned(line, line);
                if (reply == null) {
                    obey(line);
                }
                line = socket.isClosed() ? null : in.readLine();
            }
        }

        private @Nullable Integer canned(String line, String said)
                throws IOException, InterruptedException {
            for (Map.Entry<String, Queue<Integer>> each : next.entrySet()) {
                Integer reply =
                        line.toUpperCase(Locale.ROOT).startsWith(each.getKey())
                                ? each.getValue().poll()
                                : null;
                if (reply != null) {
                    reply(reply, said);
                    return reply;
                }
            }
            return null;
        }

        private void reply(int reply, String said) throws IOException, InterruptedException {
            if (reply == GONE) {
                socket.close();
            } else if (reply == SILENT) {
                asked.countDown();
                over.await();
            } else if (reply == ENDLESS) {
                while (true) {
                    say("250-and");
                }
            } else if (reply != 250) {
                say(reply + " no: " + said);
            } else {
                say("250 ok");
            }
        }

        private void obey(String line) throws IOException, InterruptedException {
            String word = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            switch (word) {
                case "EHLO" -> say(extensions());
                case "STARTTLS" -> secured();
                case "AUTH" -> authenticate(line);
                case "MAIL" -> mail(line);
                case "RCPT" -> {
                    recipients.add(address(line));
                    say("250 ok");
                }
                case "DATA" -> data();
                case "RSET" -> {
                    recipients.clear();
                    say("250 ok");
                }
                default -> say("502 what is " + line);
            }
        }

        private String extensions() {
            if (tls.isPresent() && !secure) {
                return "250-double\r\n250 STARTTLS";
            }
            return tls.isPresent() ? "250-double\r\n250 AUTH PLAIN LOGIN" : "250 double";
        }

        private void secured() throws IOException, InterruptedException {
            if (tls.isEmpty()) {
                say("502 no");
                return;
            }
            say("220 go on");
            SSLSocket over =
                    (SSLSocket) tls.get().getSocketFactory().createSocket(socket, null, true);
            over.setUseClientMode(false);
            over.startHandshake();
            new Session(over, true).run("");
            socket.close();
        }

        private void authenticate(String line) throws IOException {
            String[] words = line.split(" ", -1);
            String given = new String(Base64.getDecoder().decode(words[2]), ISO_8859_1);
            known = secure && given.matches("(%s)?\0%s\0%s".formatted(USER, USER, PASSWORD));
            say(known ? "235 welcome" : "535 wrong: " + given.replace('\0', ' '));
        }

        private void mail(String line) throws IOException {
            sender = address(line);
            recipients.clear();
            say(known ? "250 ok" : "530 who are you");
        }

        private void data() throws IOException, InterruptedException {
            say(recipients.isEmpty() ? "503 for whom" : "354 go on");
            StringBuilder data = new StringBuilder();
            for (String line = in.readLine();
                    line != null && !line.equals(".");
                    line = in.readLine()) {
                data.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
            Integer reply = next.getOrDefault(".", new ConcurrentLinkedQueue<>()).poll();
            if (reply == null || reply == GONE) {
                received.add(
                        new Received(sender, List.copyOf(recipients), secure, data.toString()));
            }
            reply(reply == null ? 250 : reply, data.toString().lines().findFirst().orElse(""));
        }

        private void say(String reply) throws IOException {
            socket.getOutputStream().write((reply + "\r\n").getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        private static String address(String line) {
            return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        }
    }
}
