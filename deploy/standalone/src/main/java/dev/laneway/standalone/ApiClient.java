package dev.laneway.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that ask a running gateway by its API, and how they ask it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    @Option(
            names = "--url",
            description =
                    "Address of the gateway. Default: LANEWAY_URL of the environment, else http://127.0.0.1:4000.")
    private @Nullable String url;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Mixin
    private OperatorKeyOption key;

    /** Whether the answer is to be printed as it came. */
    boolean json() {
        return json;
    }

    /**
     * Asks.
     *
     * @param body goes along where there is one
     * @return what was answered
     * @throws StartFailed where nobody listens, or it was refused: with the gateway's own words
     */
    JsonNode ask(String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException, StartFailed {
        Answer answer = send(method, path, body);
        if (answer.status() >= 300) {
            String why = answer.body().at("/error/message").asText("");
            throw new StartFailed(why.isEmpty() ? "HTTP " + answer.status() : why);
        }
        return answer.body();
    }

    /** Whether there is something at a path. @throws StartFailed as {@link #ask}, but for what is not there */
    boolean isThere(String path) throws IOException, InterruptedException, StartFailed {
        return send("GET", path, null).status() != 404;
    }

    private record Answer(int status, JsonNode body) {}

    private Answer send(String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException, StartFailed {
        String base = Objects.requireNonNullElseGet(
                url, () -> System.getenv().getOrDefault("LANEWAY_URL", "http://127.0.0.1:4000"));
        String operator = key.find(Map.copyOf(System.getenv()));
        if (operator == null) {
            throw new StartFailed("this needs the master key: --key, or LANEWAY_MASTER_KEY in the environment");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(base.replaceAll("/+$", "") + path))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + operator)
                .header("content-type", "application/json")
                .header("litellm-changed-by", person())
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), read(response.body()));
        } catch (ConnectException e) {
            throw new StartFailed("nothing listens at " + base, e);
        }
    }

    /** Whoever they are on this machine. */
    private static String person() {
        return Objects.requireNonNullElse(System.getProperty("user.name"), "somebody")
                .replaceAll("[^ -~]", "?");
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException none) {
            return JSON.missingNode();
        }
    }

    static String pretty(JsonNode node) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    /** For a path or a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
