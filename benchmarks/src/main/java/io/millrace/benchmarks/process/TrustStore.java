package io.millrace.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;

/** What makes a JVM trust the certificate that a server signed itself: a file that lives as long as this is open. */
public record TrustStore(Path file) implements AutoCloseable {

    /** Guards nothing: certificates are public. */
    private static final String PASSWORD = "millrace";

    public static TrustStore of(URI server) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("local-aws", certificate(server));
            TrustStore trust = new TrustStore(Files.createTempFile("millrace-trust-", ".p12"));
            try (OutputStream out = Files.newOutputStream(trust.file)) {
                store.store(out, PASSWORD.toCharArray());
            }
            return trust;
        } catch (GeneralSecurityException e) {
            throw new IOException("no trust in the certificate of " + server, e);
        }
    }

    private static Certificate certificate(URI server) throws IOException, GeneralSecurityException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-printcert",
                        "-rfc",
                        "-sslserver",
                        server.getAuthority())
                .start();
        try (InputStream certificate = keytool.getInputStream()) {
            return CertificateFactory.getInstance("X.509").generateCertificate(certificate);
        }
    }

    /** Options for the JVM. */
    public List<String> jvm() {
        return List.of("-Djavax.net.ssl.trustStore=" + file, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.err.println("left behind: " + file + ": " + e);
        }
    }
}
