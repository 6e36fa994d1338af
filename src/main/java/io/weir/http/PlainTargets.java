package io.weir.http;

import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * Takes each request's target as it was sent. The library would read it as a URI, and so drop a
 * host or a fragment that stands in it before anybody could refuse it.
 */
final class PlainTargets implements HttpRequestFactory<ClassicHttpRequest> {
    @Override
    public ClassicHttpRequest newHttpRequest(String method, String target) {
        BasicClassicHttpRequest request = new BasicClassicHttpRequest(method, "/");
        request.setPath(target);
        return request;
    }

    @Override
    public ClassicHttpRequest newHttpRequest(String method, URI target) {
        return newHttpRequest(method, target.toString());
    }
}
