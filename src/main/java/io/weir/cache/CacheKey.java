package io.weir.cache;

import io.weir.call.Call;
import io.weir.call.Principal;
import io.weir.wire.Headers;
import io.weir.wire.RequestView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What two calls have in common whose answers are the same: SHA-256 over who may share them, where
 * the request goes, the fields that change an answer, and the parts of its body that do.
 */
public record CacheKey(long a, long b, long c, long d) {
    /** OpenAI's own fields, {@code openai-beta} for instance, say how a request is meant. */
    private static final String OPENAI = "openai-";

    /** The key of a call. */
    static CacheKey of(
            Call call,
            RequestView view,
            Principal caller,
            CacheConfig.Scope scope,
            String upstream) {
        MessageDigest digest = begun(call, view, caller, scope, upstream);
        view.eachPartThatCounts(digest::update);
        return of(digest);
    }

    /** The key of what has to be equal of a call whose question need not be. */
    static CacheKey ofRest(
            Call call,
            RequestView view,
            Principal caller,
            CacheConfig.Scope scope,
            String upstream,
            byte[] rest) {
        MessageDigest digest = begun(call, view, caller, scope, upstream);
        digest.update(rest);
        return of(digest);
    }

    private static CacheKey of(MessageDigest digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new CacheKey(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest begun(
            Call call,
            RequestView view,
            Principal caller,
            CacheConfig.Scope scope,
            String upstream) {
        MessageDigest digest = sha256();
        text(
                digest,
                switch (scope) {
                    case PROJECT -> "project " + caller.project();
                    case KEY -> "key " + caller.keyId();
                });
        text(digest, upstream);
        text(digest, call.endpoint().name());
        text(digest, call.target().path());
        text(digest, call.target().query());
        fields(digest, call.headers(), view.stream());
        return digest;
    }

    private static void fields(MessageDigest digest, Headers headers, boolean stream) {
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i).toLowerCase(Locale.ROOT);
            if (name.startsWith(OPENAI) || name.equals("accept") || name.equals("content-type")) {
                text(digest, name);
                text(digest, headers.value(i));
            }
        }
        text(digest, "encoding " + encoding(headers, stream));
    }

    /** What of it reaches the upstream: streams are asked for as they are. */
    private static String encoding(Headers headers, boolean stream) {
        return headers.first("accept-encoding")
                .map(offered -> offered.contains("gzip") && !stream ? "gzip" : "identity")
                .orElse("");
    }

    /** With its length first, so that no two lists of texts are one. */
    private static void text(MessageDigest digest, @Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        int length = text == null ? -1 : bytes.length;
        digest.update((byte) (length >>> 24));
        digest.update((byte) (length >>> 16));
        digest.update((byte) (length >>> 8));
        digest.update((byte) length);
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
