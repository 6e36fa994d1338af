package io.weir.export.otlp;

import io.weir.outbound.Certificate;
import io.weir.outbound.HttpSettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An {@link OtlpDouble} on a port of loopback. */
public interface OtlpServer extends Closeable {
    /** How it is spoken to. */
    enum Protocol {
        HTTP,
        GRPC;

        public OtlpServer serve(OtlpDouble minded, Optional<Certificate> certificate)
                throws IOException, GeneralSecurityException {
            return serve(minded, certificate, 0);
        }

        public OtlpServer serve(OtlpDouble minded, Optional<Certificate> certificate, int port)
                throws IOException, GeneralSecurityException {
            return switch (this) {
                case HTTP -> new OtlpHttpServer(minded, certificate, port);
                case GRPC -> new OtlpGrpcServer(minded, certificate, port);
            };
        }
    }

    int port();

    @Override
    void close();

    static HttpSettings settings(int port, Optional<Certificate> certificate, Duration whole) {
        String scheme = certificate.isPresent() ? "https" : "http";
        return new HttpSettings(
                URI.create(scheme + "://127.0.0.1:" + port),
                List.of("127.0.0.1"),
                certificate.map(Certificate::pem),
                Duration.ofSeconds(20),
                whole,
                true);
    }
}
