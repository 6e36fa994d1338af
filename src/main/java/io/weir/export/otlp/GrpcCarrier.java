package io.weir.export.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.weir.export.Sent;
import io.weir.outbound.GrpcAnswer;
import io.weir.outbound.GuardedGrpc;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.HttpPost;
import java.util.Map;

/** OTLP over gRPC. */
final class GrpcCarrier implements Carrier {
    private final GuardedGrpc grpc;
    private final Map<String, String> fields;

    /** With these as metadata of each call, which may hold secrets. */
    GrpcCarrier(GuardedGrpc grpc, Map<String, String> fields) {
        this.grpc = grpc;
        this.fields = fields;
    }

    @Override
    public Carried carry(Signal signal, byte[] message) throws InterruptedException {
        try {
            GrpcAnswer answer = grpc.call(new HttpPost(signal.method(), fields, message));
            return answer.status() == GrpcCode.OK
                    ? new Carried.Taken(signal.partial(answer.message()))
                    : new Carried.NotTaken(GrpcCode.of(answer.status(), answer.details()));
        } catch (InvalidProtocolBufferException e) {
            return new Carried.NotTaken(
                    new Sent.Failed(
                            "The server answered without an answer of OTLP's. Check that url is an OTLP server's"));
        } catch (HttpFailure e) {
            return new Carried.NotTaken(new Sent.Failed(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        grpc.close();
    }
}
