package io.weir.http;

import io.weir.wire.Headers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Tells a request that another site made a browser send. Browsers say so in fields that a page's
 * script cannot set; what sends neither of them is no browser.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata</a>
 */
final class CrossSite {
    private CrossSite() {}

    static boolean sent(Headers headers) {
        Optional<String> site = headers.first("sec-fetch-site");
        if (site.isPresent()) {
            return !site.get().equals("same-origin") && !site.get().equals("none");
        }
        return headers.first("origin").map(origin -> !isHost(origin, headers)).orElse(false);
    }

    private static boolean isHost(String origin, Headers headers) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority != null
                    && authority.equalsIgnoreCase(headers.first("host").orElse(""));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
