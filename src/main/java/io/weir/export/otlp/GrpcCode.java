package io.weir.export.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.weir.export.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What gRPC's status of an export means for a batch, by the table of the OTLP specification. What
 * the specification would drop without a fault of the batch's, Weir keeps and tries again.
 */
final class GrpcCode {
    static final int OK = 0;

    private static final int INVALID_ARGUMENT = 3;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int UNAUTHENTICATED = 16;

    private static final List<String> NAMES =
            List.of(
                    "OK",
                    "CANCELLED",
                    "UNKNOWN",
                    "INVALID_ARGUMENT",
                    "DEADLINE_EXCEEDED",
                    "NOT_FOUND",
                    "ALREADY_EXISTS",
                    "PERMISSION_DENIED",
                    "RESOURCE_EXHAUSTED",
                    "FAILED_PRECONDITION",
                    "ABORTED",
                    "OUT_OF_RANGE",
                    "UNIMPLEMENTED",
                    "INTERNAL",
                    "UNAVAILABLE",
                    "DATA_LOSS",
                    "UNAUTHENTICATED");

    /** The member of {@code google.rpc.Status} that holds details. */
    private static final int DETAILS = 3;

    /** The member of {@code google.rpc.RetryInfo} that holds the delay. */
    private static final int RETRY_DELAY = 1;

    private GrpcCode() {}

    /** What became of a batch that was not taken; {@code details} may be empty. */
    static Sent of(int code, byte[] details) {
        String says = "The OTLP server answered " + name(code);
        Optional<Duration> delay = retryDelay(details);
        return switch (code) {
            case INVALID_ARGUMENT -> new Sent.Refused(says + ": it cannot read some of the batch");
            case PERMISSION_DENIED, UNAUTHENTICATED ->
                    new Sent.Failed(says + ": it does not let Weir in. Check headers");
            case UNIMPLEMENTED ->
                    new Sent.Failed(says + ". Check that url is an OTLP server's for gRPC");
            case RESOURCE_EXHAUSTED ->
                    new Sent.Failed(
                            delay.isPresent()
                                    ? says
                                    : says
                                            + ". If its messages may not be as large, make batch.bytes smaller",
                            delay);
            default -> new Sent.Failed(says, delay);
        };
    }

    private static String name(int code) {
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "status " + code;
    }

    /** How long {@code google.rpc.RetryInfo} asks to wait. */
    private static Optional<Duration> retryDelay(byte[] status) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(status);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == DETAILS) {
                    Any detail = Any.parseFrom(in.readByteArray());
                    if (detail.getTypeUrl().endsWith("/google.rpc.RetryInfo")) {
                        return Optional.of(delay(detail));
                    }
                } else {
                    in.skipField(tag);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Duration delay(Any retryInfo) throws IOException {
        CodedInputStream in = retryInfo.getValue().newCodedInput();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == RETRY_DELAY) {
                com.google.protobuf.Duration delay =
                        com.google.protobuf.Duration.parseFrom(in.readByteArray());
                return Duration.ofSeconds(Math.max(0, delay.getSeconds()), delay.getNanos());
            }
            in.skipField(tag);
        }
        throw new InvalidProtocolBufferException("no delay");
    }
}
