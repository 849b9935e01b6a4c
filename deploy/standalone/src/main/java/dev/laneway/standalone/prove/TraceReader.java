package dev.laneway.standalone.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a management port where a request went. Blocks. */
final class TraceReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int PAUSE_MILLIS = 50;

    private final HttpClient client;
    private final URI management;

    TraceReader(HttpClient client, URI management) {
        this.client = client;
        this.management = management;
    }

    /** The trace once it holds the fact that ends the request, or as far as it goes within 15 s; null where there is none. */
    @Nullable
    JsonNode read(String requestId) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(management.resolve("/trace/" + requestId + "?format=json"))
                .timeout(Duration.ofSeconds(40))
                .build();
        long until = System.nanoTime() + PATIENCE.toNanos();
        JsonNode found = null;
        while (true) {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            found = response.statusCode() == 200 ? JSON.readTree(response.body()) : found;
            if ((found != null && hasEnd(found)) || System.nanoTime() > until) {
                return found;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean hasEnd(JsonNode trace) {
        for (JsonNode step : trace.path("steps")) {
            if (step.path("event").asText().equals("usage")
                    && step.path("summary").asText().contains(" status=")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a step's summary holds that word. */
    static boolean says(@Nullable JsonNode trace, String word) {
        if (trace != null) {
            for (JsonNode step : trace.path("steps")) {
                if ((" " + step.path("summary").asText() + " ").contains(" " + word + " ")) {
                    return true;
                }
            }
        }
        return false;
    }
}
