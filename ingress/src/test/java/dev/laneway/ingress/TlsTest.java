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
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldServeTlsWithTheCertificateOfTheEnvironment() throws Exception {
        KeyStore store = generate("first");
        write(store);

        try (TestIngress ingress = TestIngress.with(Tls.of(environment()));
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            HttpResponse<String> answer = ask(client, ingress);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void shouldServeARenewedCertificateToNewConnections() throws Exception {
        write(generate("first"));
        KeyStore renewed = generate("renewed");

        try (TestIngress ingress = TestIngress.with(Tls.of(environment()))) {
            write(renewed);

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answers(renewed, ingress));
        }
    }

    /** The key is there, its certificate not yet: what was in force goes on, and the pair is taken when it is complete. */
    @Test
    void shouldKeepTheOldPairUntilTheNewOneIsComplete() throws Exception {
        KeyStore first = generate("first");
        write(first);
        KeyStore renewed = generate("renewed");

        try (TestIngress ingress = TestIngress.with(Tls.of(environment()))) {
            writeKey(renewed);
            Awaitility.await()
                    .during(CertificateWatch.LOOK.multipliedBy(2))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> answers(first, ingress));
            write(renewed);

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answers(renewed, ingress));
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

    private Environment environment() {
        return Environment.of(Map.of(
                "SSL_KEY_FILE", folder.resolve("key.pem").toString(),
                "SSL_CERT_FILE", folder.resolve("cert.pem").toString()));
    }

    private void write(KeyStore store) throws Exception {
        writeKey(store);
        pem("cert.pem", "CERTIFICATE", store.getCertificate("it").getEncoded());
    }

    private void writeKey(KeyStore store) throws Exception {
        pem("key.pem", "PRIVATE KEY", store.getKey("it", "secret".toCharArray()).getEncoded());
    }

    private static HttpResponse<String> ask(HttpClient client, TestIngress ingress) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + ingress.port + "/health/liveness"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Whether a new connection finds this certificate, and HTTP/2 behind it. */
    private static boolean answers(KeyStore store, TestIngress ingress) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            return ask(client, ingress).version() == HttpClient.Version.HTTP_2;
        } catch (SSLException another) {
            return false;
        }
    }

    private KeyStore generate(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
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

    private void pem(String name, String type, byte[] encoded) throws Exception {
        String text = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + type
                + "-----\n";
        Files.writeString(folder.resolve(name), text);
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
