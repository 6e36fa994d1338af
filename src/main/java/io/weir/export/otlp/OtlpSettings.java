package io.weir.export.otlp;

import io.weir.outbound.HttpSettings;
import io.weir.wire.Secret;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How calls go to an OTLP server.
 *
 * @param http its url has no {@code /v1/traces}; over gRPC no path at all
 * @param grpc whether by gRPC, else by HTTP
 * @param signals what is made of calls, at least one thing
 * @param headers of each request, by their names in lower case: words to put a space between
 * @param resource attributes of what sends
 */
record OtlpSettings(
        HttpSettings http,
        boolean grpc,
        List<Signal> signals,
        Map<String, List<Secret>> headers,
        Map<String, String> resource) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_.-]+");
    private static final Pattern OWN =
            Pattern.compile(
                    "host|te|connection|content-(type|length|encoding)|transfer-encoding|grpc-.*|.*-bin");

    OtlpSettings {
        signals = signals.stream().distinct().sorted().toList();
        headers = Map.copyOf(headers);
        resource = Map.copyOf(resource);
        String path = http.url().getRawPath();
        if (grpc && !path.isEmpty() && !path.equals("/")) {
            throw new IllegalArgumentException(
                    "a url for gRPC is https://HOST:4317, without a path behind it");
        }
        if (signals.isEmpty()) {
            throw new IllegalArgumentException("signals is empty: give traces, metrics or logs");
        }
        for (String name : headers.keySet()) {
            if (!NAME.matcher(name).matches() || OWN.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "headers: '%s' is no name to give: of a-z, 0-9, - _ and ., and none that the protocol sets itself"
                                .formatted(name));
            }
        }
    }

    /** The headers as they are sent. */
    Map<String, String> revealed() {
        return headers.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                each ->
                                        each.getValue().stream()
                                                .map(Secret::reveal)
                                                .collect(Collectors.joining(" "))));
    }
}
