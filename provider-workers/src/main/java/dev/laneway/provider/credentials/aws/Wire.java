package dev.laneway.provider.credentials.aws;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP to whoever gives keys; blocks. Never follows a redirect. Safe across threads. */
final class Wire {
    private static final int LARGEST = 64 * 1024;

    private final ProxySelector proxy;
    private @Nullable HttpClient opened;

    private Wire(ProxySelector proxy) {
        this.proxy = proxy;
    }

    /** Made when first needed: most gateways have nothing to ask. */
    private synchronized HttpClient client() {
        HttpClient client = opened;
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(1))
                    .proxy(proxy)
                    .build();
            opened = client;
        }
        return client;
    }

    /** To the machine's own addresses, which no proxy knows. */
    static Wire direct() {
        return new Wire(HttpClient.Builder.NO_PROXY);
    }

    /** To AWS, by the proxy that Java's system properties name. */
    static Wire toAws() {
        ProxySelector usual = ProxySelector.getDefault();
        return new Wire(usual == null ? HttpClient.Builder.NO_PROXY : usual);
    }

    record Answer(int status, String body) {
        boolean ok() {
            return status == 200;
        }

        /** Without the body, which may be a secret. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /** @throws IOException where nobody answers within the patience, or with more than 64 KB */
    Answer send(String method, URI to, Map<String, String> headers, byte[] body, Duration patience) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .timeout(patience);
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> answer =
                    client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new IOException("more than " + LARGEST + " bytes");
                }
                return new Answer(answer.statusCode(), new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
    }
}
