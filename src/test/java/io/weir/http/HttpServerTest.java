package io.weir.http;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    /** Enough of them: the kernel's door stays open for a moment only, in most of them. */
    private static final int TIMES = 200;

    @Test
    void nobodyConnectsToAServerThatHasStopped() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            HttpServer server = HttpServer.start(ServerConfig.of("127.0.0.1", 0), exchange -> {});
            int port = server.port();
            connect(port);
            server.drain(Duration.ZERO);
            assertThatIOException().isThrownBy(() -> connect(port));
        }
    }

    private static void connect(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }
}
