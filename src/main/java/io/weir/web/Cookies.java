package io.weir.web;

import io.weir.wire.Headers;

/** The cookies of a request (RFC 6265, section 5.4). */
final class Cookies {
    private Cookies() {}

    /** The value of the first cookie of that name; empty where there is none. */
    static String value(Headers request, String name) {
        for (String field : request.all("cookie")) {
            for (String pair : field.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return pair.substring(equals + 1).strip();
                }
            }
        }
        return "";
    }
}
