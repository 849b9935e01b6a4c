package dev.laneway.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A simulator on a free port and a plain HTTP client for it. */
final class Sim implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    final VendorSimulator simulator;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Sim(SimulatorConfig config) throws TimeoutException {
        simulator = VendorSimulator.start(vertx, config).await(20, TimeUnit.SECONDS);
    }

    Sim() throws TimeoutException {
        this(SimulatorConfig.defaults());
    }

    HttpResponse<String> chat(String body, String... headers) throws IOException, InterruptedException {
        return post("/v1/chat/completions", body, headers);
    }

    HttpResponse<String> messages(String body, String... headers) throws IOException, InterruptedException {
        String[] all = new String[headers.length + 2];
        all[0] = "anthropic-version";
        all[1] = "2023-06-01";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return post("/v1/messages", body, all);
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("content-type", "application/json");
        if (!List.of(headers).contains("x-api-key") && !List.of(headers).contains("no-key")) {
            request.header("authorization", "Bearer sk-test");
        }
        for (int i = 0; i < headers.length; i += 2) {
            if (!headers[i].equals("no-key")) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** The JSON of each event of a stream but {@code [DONE]}. */
    static List<JsonNode> events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
                .map(line -> {
                    try {
                        return JSON.readTree(line.substring(6));
                    } catch (IOException e) {
                        throw new AssertionError("not JSON: " + line, e);
                    }
                })
                .toList();
    }

    @Override
    public void close() {
        simulator.close().onComplete(closed -> vertx.close());
    }
}
