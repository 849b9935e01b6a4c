package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.runtime.config.Environment;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldServeTlsWithTheCertificateOfTheEnvironment() throws Exception {
        KeyStore store = generate();
        Path key = pem(
                "key.pem",
                "PRIVATE KEY",
                store.getKey("it", "secret".toCharArray()).getEncoded());
        Path certificate =
                pem("cert.pem", "CERTIFICATE", store.getCertificate("it").getEncoded());
        Environment environment =
                Environment.of(Map.of("SSL_KEY_FILE", key.toString(), "SSL_CERT_FILE", certificate.toString()));

        try (TestIngress ingress = TestIngress.with(Tls.of(environment));
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + ingress.port + "/health/liveness"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void shouldServeClearTextWhereOnlyTheBundleOfAuthoritiesIsSet() {
        assertThat(Tls.of(Environment.of(Map.of("SSL_CERT_FILE", "/etc/ssl/cert.pem"))))
                .isNull();
    }

    @Test
    void shouldNotServeClearTextInsteadOfTls() {
        Environment environment =
                Environment.of(Map.of("SSL_KEY_FILE", "/no/key.pem", "SSL_CERT_FILE", "/no/cert.pem"));

        assertThatThrownBy(() -> Tls.of(environment)).hasMessage("SSL_KEY_FILE: /no/key.pem can't be read");
    }

    private KeyStore generate() throws Exception {
        Path store = folder.resolve("store.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, "secret".toCharArray());
        }
        return loaded;
    }

    private Path pem(String name, String type, byte[] encoded) throws Exception {
        String text = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + type
                + "-----\n";
        return Files.writeString(folder.resolve(name), text);
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("it", store.getCertificate("it"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
