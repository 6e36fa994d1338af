package io.weir.web;

import io.weir.call.ClientGoneException;
import io.weir.http.Access;
import io.weir.http.Exchange;
import io.weir.http.Route;
import io.weir.wire.ApiError;
import io.weir.wire.Headers;
import io.weir.wire.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Styles, scripts and pictures, from the jar. The hash of a file's content is part of its address,
 * so that browsers keep it for good and still see a new one at once.
 */
final class Assets {
    private static final String FOLDER = "/assets/";
    private static final int HASH_BYTES = 8;

    /** Address within the folder, by the file's place beside this class. */
    private static final List<String> FILES =
            List.of(
                    "assets/app.css",
                    "assets/app.js",
                    "assets/calls.js",
                    "assets/charts.js",
                    "assets/heat.js",
                    "assets/icon.svg",
                    "assets/selection.js",
                    "vendor/htmx.min.js",
                    "vendor/uPlot.iife.min.js",
                    "vendor/uPlot.min.css");

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Asset> assets = new HashMap<>();

    private record Asset(String type, byte[] plain, byte[] gzip) {}

    /** Reads all of them. */
    Assets() {
        FILES.forEach(this::load);
    }

    /** The address of a file, {@code app.css} for instance. */
    String url(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException("no asset is called '" + name + "'");
        }
        return FOLDER + address;
    }

    Route route() {
        return new Route("GET", FOLDER + "*", Access.PUBLIC, this::answer);
    }

    private void answer(Exchange exchange, String address) throws ClientGoneException {
        Asset asset = assets.get(address);
        if (asset == null) {
            ApiError missing =
                    ApiError.of(
                            404,
                            "invalid_request_error",
                            "not_found",
                            "There is no such file. Reload the page: Weir may have been updated.");
            exchange.answer(missing.status(), Html.JSON, missing.json());
            return;
        }
        boolean gzip = acceptsGzip(exchange.headers().first("accept-encoding"));
        Headers headers =
                Html.SAFE.and(
                        Headers.of(
                                "content-type",
                                asset.type(),
                                "cache-control",
                                "public, max-age=31536000, immutable",
                                "vary",
                                "accept-encoding"));
        exchange.answer(
                200,
                gzip ? headers.and("content-encoding", "gzip") : headers,
                gzip ? asset.gzip() : asset.plain());
    }

    private static boolean acceptsGzip(Optional<String> accepted) {
        return accepted.map(codings -> codings.contains("gzip")).orElse(false);
    }

    private void load(String file) {
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + file);
            }
            byte[] content = in.readAllBytes();
            String name = file.substring(file.indexOf('/') + 1);
            int dot = name.lastIndexOf('.');
            String hash = HexFormat.of().formatHex(Secret.sha256(content), 0, HASH_BYTES);
            String address = name.substring(0, dot) + "." + hash + name.substring(dot);
            addresses.put(name, address);
            assets.put(address, new Asset(type(name), content, gzip(content)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> throw new IllegalStateException("no type for " + name);
        };
    }
}
