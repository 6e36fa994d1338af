package io.weir.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: those of the JDK's authorities, and of further ones. */
final class Trust {
    private Trust() {}

    /**
     * Makes what believes the JDK's authorities and those of a file.
     *
     * @throws IllegalArgumentException if the file is no list of certificates in PEM
     */
    static SSLContext of(Optional<Path> pem) {
        try {
            TrustManager[] trusted =
                    pem.isEmpty() ? managers(null) : managers(withThoseOf(pem.get()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    pem.map(file -> "The certificates in %s cannot be read".formatted(file))
                                    .orElse("The JDK's trust store cannot be read")
                            + " (%s).".formatted(e.getMessage()),
                    e);
        }
    }

    private static KeyStore withThoseOf(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Collection<? extends Certificate> further;
        try (InputStream in = Files.newInputStream(pem)) {
            further = CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
        if (further.isEmpty()) {
            throw new IOException("there is none");
        }
        for (Certificate certificate : further) {
            store.setCertificateEntry("further-" + store.size(), certificate);
        }
        for (X509Certificate authority : ofTheJdk()) {
            store.setCertificateEntry("jdk-" + store.size(), authority);
        }
        return store;
    }

    private static X509Certificate[] ofTheJdk() throws GeneralSecurityException {
        return Stream.of(managers(null))
                .filter(X509TrustManager.class::isInstance)
                .flatMap(
                        manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toArray(X509Certificate[]::new);
    }

    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
