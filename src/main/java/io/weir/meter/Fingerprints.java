package io.weir.meter;

import io.weir.call.Body;
import io.weir.call.Call;
import io.weir.call.Fingerprint;
import io.weir.wire.RequestView;
import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fingerprints of requests: SHA-256 behind a secret, cut to 64 bits, so that two
 * different ones among ten million are the same with a chance of one in 370,000. Any number of
 * threads may.
 */
public final class Fingerprints {
    private static final byte OF_REQUEST = 0;
    private static final byte OF_PROMPT = 1;

    /** It has taken the secret in, and nothing else ever: each fingerprint goes on from a copy. */
    private final MessageDigest keyed;

    /** Under that secret: who has it can try out which text a fingerprint is of. */
    public Fingerprints(Secret secret) {
        this.keyed = sha256();
        keyed.update(secret.reveal().getBytes(StandardCharsets.UTF_8));
        keyed.update((byte) 0);
    }

    /** The fingerprint of a call's request; null where it is not one JSON object in memory. */
    @Nullable Fingerprint of(Call call) {
        @Nullable RequestView view = call.view().orElse(null);
        if (view == null || !(call.body() instanceof Body.Bytes) || view.malformed().isPresent()) {
            return null;
        }
        Prompt prompt = new Prompt(begun(OF_PROMPT));
        view.eachPartOfPrompt(prompt::take);
        MessageDigest request = begun(OF_REQUEST);
        request.update(call.target().path().getBytes(StandardCharsets.UTF_8));
        request.update((byte) 0);
        request.update(prompt.digest.digest());
        view.eachPartBesidesPrompt(request::update);
        return new Fingerprint(cut(request.digest()), prompt.beginnings);
    }

    private MessageDigest begun(byte kind) {
        MessageDigest digest = copy(keyed);
        digest.update(kind);
        return digest;
    }

    /** Hashes a prompt, and on its way each beginning. */
    private static final class Prompt {
        private final MessageDigest digest;
        private final List<Long> beginnings = new ArrayList<>(2);
        private long taken;

        Prompt(MessageDigest digest) {
            this.digest = digest;
        }

        void take(byte[] bytes, int offset, int length) {
            int from = offset;
            int end = offset + length;
            while (end - from >= missing()) {
                int piece = (int) missing();
                update(bytes, from, piece);
                from += piece;
                beginnings.add(cut(copy(digest).digest()));
            }
            update(bytes, from, end - from);
        }

        /** Until the next beginning is whole. */
        private long missing() {
            return beginnings.size() == Fingerprint.MOST_BEGINNINGS
                    ? Long.MAX_VALUE
                    : Fingerprint.bytes(beginnings.size()) - taken;
        }

        private void update(byte[] bytes, int from, int length) {
            digest.update(bytes, from, length);
            taken += length;
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java's SHA-256 can be copied", e);
        }
    }

    private static long cut(byte[] digest) {
        long first = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            first = (first << Byte.SIZE) | (digest[i] & 0xFF);
        }
        return first;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
