package io.weir.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords with PBKDF2-HMAC-SHA256, each with a salt of its own. That is slow on purpose:
 * it happens on one platform thread, so that a storm of log-ins takes no more than one core and no
 * call's thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8018">RFC 8018</a>
 */
public final class Passwords {
    /** What OWASP's password storage cheat sheet asks of this function. */
    public static final int ITERATIONS = 600_000;

    private static final String FORM = "pbkdf2-sha256";
    private static final int BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int MOST_WAITING = 16;

    private final SecureRandom random;
    private final int iterations;
    private final ThreadPoolExecutor thread;

    /** With that many iterations for new hashes; {@value #ITERATIONS} but in tests. */
    public Passwords(SecureRandom random, int iterations) {
        this.random = random;
        this.iterations = iterations;
        this.thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MOST_WAITING),
                        Thread.ofPlatform().daemon().name("weir-password-", 0).factory());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Too many passwords are being checked. */
    public static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Busy(Throwable cause) {
            super("too many passwords are being checked: try again in a moment", cause);
        }
    }

    /** What is stored instead of the password: the function, its iterations, the salt, the hash. */
    String hash(String password) throws Busy {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = slowly(() -> derive(password, salt, iterations));
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return String.join(
                "$",
                FORM,
                Integer.toString(iterations),
                base64.encodeToString(salt),
                base64.encodeToString(hash));
    }

    /** Whether it is the password of that {@link #hash}. */
    boolean matches(String password, String stored) throws Busy {
        String[] parts = stored.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(FORM)) {
            return false;
        }
        int rounds = Integer.parseInt(parts[1]);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] hash = slowly(() -> derive(password, salt, rounds));
        return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
    }

    private byte[] slowly(Callable<byte[]> work) throws Busy {
        try {
            return thread.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw new Busy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e);
        }
    }

    private static byte[] derive(String password, byte[] salt, int iterations)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, 8 * BYTES);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
        }
    }
}
