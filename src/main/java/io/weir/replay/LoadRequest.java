package io.weir.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The bytes of a POST, ready to be written as often as wanted. */
final class LoadRequest {
    private LoadRequest() {}

    /** Head and body in one array, so that a call is one write. */
    static byte[] post(LoadTarget target, String operation, byte[] body) {
        StringBuilder head = new StringBuilder(300);
        head.append("POST ").append(target.path(operation)).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(target.baseUrl().getRawAuthority()).append("\r\n");
        target.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Type: application/json\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(ISO_8859_1);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }
}
