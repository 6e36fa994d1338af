package io.weir.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedGrpcTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init")
    private Server server;

    @BeforeEach
    void serve() throws IOException {
        MethodDescriptor<byte[], byte[]> echo =
                MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("test.Echo/Say")
                        .build();
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(
                                ServerServiceDefinition.builder("test.Echo")
                                        .addMethod(
                                                echo,
                                                ServerCalls.asyncUnaryCall((asked, to) -> {
                                                    if (asked.length == 0) {
                                                        to.onError(
                                                                Status.ABORTED
                                                                        .asRuntimeException());
                                                        return;
                                                    }
                                                    to.onNext(asked);
                                                    to.onCompleted();
                                                }))
                                        .build())
                        .maxInboundMessageSize(8 << 20)
                        .build()
                        .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messagesGoThereAndBackOnOneConnection(boolean gzip) throws Exception {
        try (GuardedGrpc grpc = grpc(server.getPort(), gzip)) {
            for (int i = 0; i < 50; i++) {
                GrpcAnswer answer = grpc.call(call("test.Echo/Say", "hello " + i));
                assertThat(answer.status()).isZero();
                assertThat(answer.message()).asString().isEqualTo("hello " + i);
            }
        }
    }

    @Test
    void aMessageMayBeLargerThanAnyWindow() throws Exception {
        try (GuardedGrpc grpc = grpc(server.getPort(), false)) {
            String large = "x".repeat(4 << 20);
            assertThatThrownBy(() -> grpc.call(call("test.Echo/Say", large)))
                    .as("it was sent; what comes back is longer than Weir wants to read")
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageContaining("did not answer");
            assertThat(grpc.call(call("test.Echo/Say", "x".repeat(60_000))).message())
                    .hasSize(60_000);
        }
    }

    @Test
    void aStatusIsAnAnswer() throws Exception {
        try (GuardedGrpc grpc = grpc(server.getPort(), true)) {
            assertThat(grpc.call(call("test.Echo/Say", "")).status()).isEqualTo(10);
            assertThat(grpc.call(call("test.Other/Say", "x")).status()).isEqualTo(12);
            assertThat(grpc.call(call("test.Echo/Say", "x")).status()).isZero();
        }
    }

    @Test
    void whatSpeaksAnotherProtocolHasNotAnswered() throws Exception {
        try (LoopbackServer http =
                        LoopbackServer.plain(it -> LoopbackServer.answer(it, 200, "hello"));
                GuardedGrpc grpc = grpc(http.settings("/", false).url().getPort(), true)) {
            assertThatThrownBy(() -> grpc.call(call("test.Echo/Say", "x")))
                    .isInstanceOf(HttpFailure.class)
                    .hasMessageNotContaining("hello");
        }
    }

    @Test
    void aServerThatGoesAndComesBackIsFoundAgain() throws Exception {
        int port = server.getPort();
        try (GuardedGrpc grpc = grpc(port, true)) {
            assertThat(grpc.call(call("test.Echo/Say", "x")).status()).isZero();
            server.shutdownNow().awaitTermination();
            assertThatThrownBy(() -> grpc.call(call("test.Echo/Say", "x")))
                    .isInstanceOf(HttpFailure.class);
        }
    }

    private static HttpPost call(String method, String text) {
        return new HttpPost("/" + method, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    private static GuardedGrpc grpc(int port, boolean gzip) {
        return new GuardedGrpc(
                new HttpSettings(
                        URI.create("http://127.0.0.1:" + port),
                        List.of("127.0.0.1"),
                        Optional.empty(),
                        PATIENT,
                        PATIENT,
                        gzip),
                Resolver.SYSTEM);
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
