package io.millrace.localaws;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

/** A key and a self-signed certificate for localhost, made by the JDK's keytool and kept in memory only. */
final class SelfSigned {

    private static final int KEYTOOL_SECONDS = 30;

    /** Guards nothing: the key store's file is gone before anyone could open it. */
    static final String PASSWORD = "local-aws";

    private SelfSigned() {}

    static KeyStore create() throws IOException {
        Path folder = Files.createTempDirectory("millrace-tls-");
        Path file = folder.resolve("keystore.p12");
        try {
            keytool(file);
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keyStore.load(in, PASSWORD.toCharArray());
            }
            return keyStore;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the certificate for TLS: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void keytool(Path file) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "local-aws",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,dns:*.localhost,ip:127.0.0.1",
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (InputStream output = keytool.getInputStream()) {
            String said = new String(output.readAllBytes(), java.nio.charset.Charset.defaultCharset());
            if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException("keytool made no certificate for TLS: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a certificate for TLS", e);
        } finally {
            keytool.destroyForcibly();
        }
    }
}
