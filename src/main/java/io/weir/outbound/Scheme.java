package io.weir.outbound;

/** What the URLs of a protocol begin with, and its usual ports. */
public record Scheme(String secure, int securePort, String plain, int plainPort) {
    /** {@code https}, or {@code http}. */
    static final Scheme HTTP = new Scheme("https", 443, "http", 80);

    int port(boolean tls) {
        return tls ? securePort : plainPort;
    }
}
