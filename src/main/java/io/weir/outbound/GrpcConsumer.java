package io.weir.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to one call by gRPC: a message of one length behind five bytes, then a trailer
 * with the status; or the head alone where there is only a status. Belongs to the connection's
 * thread until its result is there.
 */
final class GrpcConsumer implements AsyncResponseConsumer<GrpcAnswer> {
    static final int PREFIX = 5;

    private static final int MOST_BYTES = 65_536;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable FutureCallback<GrpcAnswer> then;
    private int httpStatus;
    private int grpcStatus = -1;
    private byte[] details = new byte[0];

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<GrpcAnswer> callback)
            throws ProtocolException {
        then = callback;
        httpStatus = response.getCode();
        read(List.of(response.getHeaders()));
        if (entity == null) {
            callback.completed(answer());
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {}

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer part) throws IOException {
        if (body.size() + part.remaining() > MOST_BYTES) {
            throw new IOException("the answer is longer than an answer to Weir can be");
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        body.writeBytes(bytes);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) throws ProtocolException {
        if (trailers != null) {
            read(trailers);
        }
        if (then != null) {
            then.completed(answer());
        }
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}

    private void read(List<? extends Header> headers) throws ProtocolException {
        for (Header header : headers) {
            switch (header.getName()) {
                case "grpc-status" -> grpcStatus = number(header.getValue());
                case "grpc-status-details-bin" -> details = decoded(header.getValue());
                default -> {}
            }
        }
    }

    private GrpcAnswer answer() throws ProtocolException {
        if (grpcStatus < 0) {
            return new GrpcAnswer(statusOf(httpStatus), details, new byte[0]);
        }
        return new GrpcAnswer(
                grpcStatus, details, grpcStatus == 0 ? message(body.toByteArray()) : new byte[0]);
    }

    private static byte[] message(byte[] framed) throws ProtocolException {
        if (framed.length < PREFIX
                || framed[0] != 0
                || ByteBuffer.wrap(framed, 1, Integer.BYTES).getInt() != framed.length - PREFIX) {
            throw new ProtocolException("the answer is not one plain message");
        }
        return Arrays.copyOfRange(framed, PREFIX, framed.length);
    }

    /** What an answer that is not gRPC's means, by gRPC's own table for it. */
    private static int statusOf(int http) {
        return switch (http) {
            case 400 -> 13;
            case 401 -> 16;
            case 403 -> 7;
            case 404 -> 12;
            case 429, 502, 503, 504 -> 14;
            default -> 2;
        };
    }

    private static int number(@Nullable String status) throws ProtocolException {
        try {
            return Integer.parseInt(String.valueOf(status));
        } catch (NumberFormatException e) {
            throw new ProtocolException("grpc-status is no number", e);
        }
    }

    private static byte[] decoded(@Nullable String base64) {
        try {
            return Base64.getDecoder().decode(String.valueOf(base64));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
