package io.weir.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The base URL a command talks to, as OpenAI's SDKs take it: it ends in the API's version.
 *
 * @param url without a slash at its end
 * @param chosen whether the user named it; otherwise it is where Weir listens by default
 */
record Address(URI url, boolean chosen) {
    static final String DEFAULT_URL = "http://127.0.0.1:8080/v1";

    /** The address in {@code text}; {@code /v1} is added where there is no path. */
    static Address of(String text, boolean chosen) {
        try {
            URI url = new URI(text.strip());
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw notAnAddress(text);
            }
            if (url.getRawUserInfo() != null) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "Leave user and password out of the base URL; a key comes from --key-file"
                                + " or WEIR_KEY.");
            }
            String path = url.getRawPath().replaceAll("/+$", "");
            return new Address(
                    new URI(
                            scheme
                                    + "://"
                                    + url.getRawAuthority()
                                    + (path.isEmpty() ? "/v1" : path)),
                    chosen);
        } catch (URISyntaxException e) {
            throw notAnAddress(text);
        }
    }

    /** An operation of the API, {@code /chat/completions} for instance. */
    URI api(String operation) {
        return URI.create(url + operation);
    }

    /** A resource of Weir's admin API, {@code /calls?limit=5} for instance. */
    URI admin(String resource) {
        return URI.create(url.toString().replaceAll("/v1$", "") + "/admin/api" + resource);
    }

    /** Whether it is this machine. */
    boolean local() {
        String host = url.getHost();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static CommandFailure notAnAddress(String text) {
        return new CommandFailure(
                ExitCode.USAGE, "A base URL looks like " + DEFAULT_URL + ", not \"" + text + "\".");
    }
}
