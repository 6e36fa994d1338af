package io.weir.export.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.weir.outbound.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** OTLP over gRPC, served by gRPC's own library. */
final class OtlpGrpcServer implements OtlpServer {
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private final OtlpDouble minded;
    private final Server server;

    OtlpGrpcServer(OtlpDouble minded, Optional<Certificate> certificate, int port)
            throws IOException, GeneralSecurityException {
        this.minded = minded;
        ServerCredentials credentials =
                certificate.isPresent()
                        ? TlsServerCredentials.newBuilder()
                                .keyManager(certificate.get().keyManagers())
                                .build()
                        : InsecureServerCredentials.create();
        this.server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                credentials)
                        .addService(new Traces())
                        .addService(new Logs())
                        .addService(new Metrics())
                        .intercept(new Heads())
                        .build()
                        .start();
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> void handle(
            Signal signal, MessageLite request, StreamObserver<T> to, Cast<T> cast) {
        OtlpDouble.Trouble trouble = minded.trouble();
        try {
            if (trouble == OtlpDouble.Trouble.SILENT) {
                return;
            }
            if (trouble != null && trouble.refuses()) {
                Metadata trailers = new Metadata();
                if (trouble.asksToWait()) {
                    trailers.put(DETAILS, OtlpDouble.waitSevenSeconds());
                }
                to.onError(
                        Status.fromCodeValue(trouble.grpc)
                                .withDescription("not now")
                                .asRuntimeException(trailers));
            } else if (!minded.take(signal, request.toByteArray())) {
                to.onError(Status.INVALID_ARGUMENT.asRuntimeException());
            } else if (trouble == OtlpDouble.Trouble.CUT) {
                server.shutdownNow();
            } else if (trouble != OtlpDouble.Trouble.HELD) {
                boolean partial = trouble == OtlpDouble.Trouble.PARTIAL;
                to.onNext(cast.of(OtlpDouble.answer(signal, partial)));
                to.onCompleted();
            }
        } catch (InvalidProtocolBufferException e) {
            to.onError(Status.INVALID_ARGUMENT.asRuntimeException());
        }
    }

    @FunctionalInterface
    private interface Cast<T> {
        T of(MessageLite answer);
    }

    private final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(
                ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> to) {
            handle(Signal.TRACES, request, to, ExportTraceServiceResponse.class::cast);
        }
    }

    private final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
        @Override
        public void export(
                ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> to) {
            handle(Signal.LOGS, request, to, ExportLogsServiceResponse.class::cast);
        }
    }

    private final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
        @Override
        public void export(
                ExportMetricsServiceRequest request,
                StreamObserver<ExportMetricsServiceResponse> to) {
            handle(Signal.METRICS, request, to, ExportMetricsServiceResponse.class::cast);
        }
    }

    private final class Heads implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata head, ServerCallHandler<Q, A> next) {
            Map<String, String> texts = new HashMap<>();
            for (String name : head.keys()) {
                if (!name.endsWith("-bin")) {
                    String value =
                            head.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
                    texts.put(name, String.valueOf(value));
                }
            }
            minded.heads().add(texts);
            return next.startCall(call, head);
        }
    }
}
