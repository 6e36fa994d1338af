package io.weir.web;

import io.weir.access.Actor;
import io.weir.wire.Headers;
import io.weir.wire.Secret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who has logged in. A session's id is 256 random bits that only the browser keeps: here is its
 * hash. Sessions end with the process. One lock for all of its state.
 */
final class Sessions {
    static final Duration IDLE = Duration.ofHours(12);
    static final Duration LONGEST = Duration.ofDays(7);

    private static final String COOKIE = "weir_session";
    private static final int ID_BYTES = 32;
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final SecureRandom random;
    private final Deployment deployment;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ByteBuffer, Session> sessions = new LinkedHashMap<>();

    private record Session(Visitor visitor, Instant begun, Instant used) {
        Session usedAt(Instant now) {
            return new Session(visitor, begun, now);
        }

        boolean over(Instant now) {
            return now.isAfter(used.plus(IDLE)) || now.isAfter(begun.plus(LONGEST));
        }
    }

    Sessions(InstantSource clock, SecureRandom random, Deployment deployment) {
        this.clock = clock;
        this.random = random;
        this.deployment = deployment;
    }

    /**
     * Begins a session, and ends the one the browser came with.
     *
     * @return the field that gives the browser its id
     */
    Headers begin(Headers request, Actor actor) {
        String id = token();
        Instant now = clock.instant();
        lock.lock();
        try {
            sessions.remove(key(id(request)));
            sessions.values().removeIf(session -> session.over(now));
            if (sessions.size() >= MOST) {
                sessions.remove(sessions.keySet().iterator().next());
            }
            sessions.put(key(id), new Session(new Visitor(actor, token()), now, now));
        } finally {
            lock.unlock();
        }
        return cookie(request, id, LONGEST);
    }

    /**
     * Ends the browser's session.
     *
     * @return the field that makes the browser forget it
     */
    Headers end(Headers request) {
        lock.lock();
        try {
            sessions.remove(key(id(request)));
        } finally {
            lock.unlock();
        }
        return cookie(request, "", Duration.ZERO);
    }

    /** Ends every session of a user whose rights have changed. */
    void endAllOf(String name) {
        lock.lock();
        try {
            sessions.values().removeIf(session -> session.visitor().name().equals(name));
        } finally {
            lock.unlock();
        }
    }

    /** Whose session it is, if it is one that goes on. */
    Optional<Visitor> visitor(Headers request) {
        String id = id(request);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        lock.lock();
        try {
            Session session =
                    sessions.computeIfPresent(
                            key(id), (key, found) -> found.over(now) ? null : found.usedAt(now));
            return Optional.ofNullable(session).map(Session::visitor);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is the token of that session's forms. */
    boolean agrees(Headers request, String token) {
        return visitor(request)
                .map(visitor ->
                        MessageDigest.isEqual(Secret.sha256(visitor.csrf()), Secret.sha256(token)))
                .orElse(false);
    }

    private Headers cookie(Headers request, String value, Duration age) {
        return Headers.of(
                "set-cookie",
                COOKIE
                        + "="
                        + value
                        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
                        + age.toSeconds()
                        + (deployment.isHttps(request) ? "; Secure" : ""));
    }

    private static String id(Headers request) {
        return Cookies.value(request, COOKIE);
    }

    private static ByteBuffer key(String id) {
        return ByteBuffer.wrap(Secret.sha256(id));
    }

    private String token() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
