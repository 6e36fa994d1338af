package io.weir.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that a server on loopback signed itself.
 *
 * @param pem the certificate, for those who shall trust it
 */
public record Certificate(Path store, Path pem) {
    private static final String PASSWORD = "changeit";

    /** One for these names, as {@code ip:127.0.0.1,dns:localhost}. */
    public static Certificate of(Path directory, String names)
            throws IOException, InterruptedException {
        Path store = directory.resolve("server.p12");
        Path pem = directory.resolve("server.pem");
        keytool(
                List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=weir test", "-validity", "2"),
                List.of("-ext", "san=" + names, "-ext", "bc:c", "-keystore", store.toString()));
        keytool(
                List.of("-exportcert", "-rfc", "-file", pem.toString()),
                List.of("-keystore", store.toString()));
        return new Certificate(store, pem);
    }

    /** A file with its private key in PEM, as servers that are not Java's want it. */
    public Path key() {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            byte[] key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return Files.writeString(
                    store.resolveSibling("server.key"),
                    "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                            .formatted(lines));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public SSLContext context() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(), null, null);
        return context;
    }

    public KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        return managers.getKeyManagers();
    }

    private static void keytool(List<String> what, List<String> where)
            throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> common = List.of("-alias", "server", "-storepass", PASSWORD);
        List<String> command =
                Stream.of(List.of(tool.toString()), what, where, common)
                        .flatMap(List::stream)
                        .toList();
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("keytool ended with " + status);
        }
    }
}
