package io.weir.export;

import io.weir.config.Settings;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedStream;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A syslog server over TLS (RFC 5425) or TCP (RFC 6587), each message (RFC 5424) after the count of
 * its bytes.
 *
 * <p>Syslog has no acknowledgement. What comes next to one is that a server closes a connection in
 * order when it has read it to its end: a batch has a connection of its own, and counts as sent
 * then. What the server has read and keeps in its memory it can still lose.
 */
final class SyslogDestination implements Destination {
    private static final int BYTES = 1 << 20;
    private static final Limits LIMITS = new Limits(1_000, BYTES, Integer.MAX_VALUE);

    private final SyslogSettings settings;
    private final SyslogMessage message;
    private final GuardedStream stream;

    /** Nothing is sent yet. */
    SyslogDestination(SyslogSettings settings, GuardedStream stream) {
        this.settings = settings;
        this.message = new SyslogMessage(settings);
        this.stream = stream;
    }

    static Opening opening(DestinationKeys keys) {
        HttpSettings server = keys.http("", false);
        Settings its = keys.settings();
        int most = (int) its.bytes("max_bytes", "8096", "of a message; larger ones are set aside");
        SyslogSettings settings =
                keys.made(() ->
                        new SyslogSettings(
                                server,
                                its.text("facility", "local0", "of every message"),
                                its.text("hostname", "weir", "of every message"),
                                its.text("app_name", "weir", "of every message"),
                                its.text("data_id", "weir@32473", "of the structured data"),
                                most,
                                its.flag("confirm", true, "whether a connection takes one batch")));
        keys.made(() -> stream(settings));
        return () -> new SyslogDestination(settings, stream(settings));
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Sent send(List<Event> events) throws InterruptedException {
        ByteArrayOutputStream frames =
                new ByteArrayOutputStream(
                        Bodies.jsonBytes(events) + events.size() * SyslogMessage.HEADER_BYTES);
        for (int i = 0; i < events.size(); i++) {
            byte[] one = message.of(events.get(i));
            if (one.length > settings.mostBytes()) {
                Sent refused = new Sent.Refused(tooLarge(one.length), OptionalInt.of(i));
                return i == 0 ? refused : sent(frames).orElse(refused);
            }
            frames.writeBytes((one.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(one);
        }
        return sent(frames).orElse(Sent.DELIVERED);
    }

    @Override
    public void close() {
        stream.close();
    }

    /** Why it was not; empty where it was. */
    private Optional<Sent> sent(ByteArrayOutputStream frames) throws InterruptedException {
        try {
            stream.write(frames.toByteArray());
            if (settings.confirm()) {
                stream.finish();
            }
            return Optional.empty();
        } catch (HttpFailure e) {
            return Optional.of(new Sent.Failed(String.valueOf(e.getMessage())));
        }
    }

    private String tooLarge(int bytes) {
        return "its message has %,d bytes and max_bytes is %,d"
                .formatted(bytes, settings.mostBytes());
    }

    private static GuardedStream stream(SyslogSettings settings) {
        return new GuardedStream(settings.server(), SyslogSettings.SCHEME, Resolver.SYSTEM);
    }
}
