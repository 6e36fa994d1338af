package io.weir.http;

import io.weir.wire.ApiError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head may look like. Routing, authorisation and relaying all use the one path as
 * sent; a path that somebody further on could read differently is refused here, so that it cannot
 * mean two things.
 */
final class RequestHead {
    private RequestHead() {}

    /** What is wrong with it, null if nothing is. */
    static @Nullable ApiError problem(Exchange exchange) {
        if (exchange.headers().has("transfer-encoding")
                && exchange.headers().has("content-length")) {
            return bad("A request has a content-length or a transfer-encoding, not both.");
        }
        if (exchange.headers().first("content-length").filter(RequestHead::signed).isPresent()) {
            return bad("A content-length is a number without a sign.");
        }
        String path = exchange.target().path();
        if (!path.startsWith("/")) {
            return bad("The request target must be a path, beginning with a slash.");
        }
        if (ambiguous(path)) {
            return bad(
                    "The path holds an empty or dot segment, a semicolon, a backslash, or an encoded slash. Send the plain path.");
        }
        return null;
    }

    private static boolean signed(String length) {
        return length.startsWith("+") || length.startsWith("-");
    }

    private static boolean ambiguous(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ';' || c == '\\' || c == '#') {
                return true;
            }
            if (c == '/'
                    && i + 1 < path.length()
                    && (path.charAt(i + 1) == '/' || dotSegment(path, i + 1))) {
                return true;
            }
            if (c == '%' && encodesSeparator(path, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean dotSegment(String path, int start) {
        int end = path.indexOf('/', start);
        String segment = path.substring(start, end < 0 ? path.length() : end);
        return segment.equals(".") || segment.equals("..");
    }

    private static boolean encodesSeparator(String path, int percent) {
        if (percent + 2 >= path.length()) {
            return true;
        }
        String code = path.substring(percent + 1, percent + 3).toLowerCase(Locale.ROOT);
        return code.equals("2f")
                || code.equals("5c")
                || code.equals("2e")
                || code.equals("00")
                || code.equals("25");
    }

    private static ApiError bad(String message) {
        return ApiError.of(400, "invalid_request_error", "malformed_request", message);
    }
}
