package dev.laneway.standalone.client;

import dev.laneway.standalone.cli.Exit;
import dev.laneway.standalone.cli.StartFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that ask a running process by its management port, and how they ask it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ManagementClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address of the process. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(names = "--port", defaultValue = "4000", description = "Port of the APIs. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--management-port",
            description = "Management port of any role of the system. Default: the one after --port.")
    private int managementPort;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /**
     * Asks, and prints the answer. Blocks for a minute at most.
     *
     * @param query parameters; those without a value are left out
     * @param key goes along where there is one
     * @return 0 where it was a success, else 1
     * @throws StartFailed where nobody listens
     */
    public int print(PrintWriter out, String method, String path, Map<String, String> query, @Nullable String key)
            throws IOException, InterruptedException, StartFailed {
        int asked = managementPort > 0 ? managementPort : port + 1;
        String parameters = query.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        URI uri = URI.create("http://" + host + ":" + asked + path + "?" + (json ? "format=json&" : "") + parameters);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(PATIENCE).method(method, HttpRequest.BodyPublishers.noBody());
        if (key != null) {
            request.header("authorization", "Bearer " + key);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            out.println(response.body().stripTrailing());
            out.flush();
            return response.statusCode() == 200 ? 0 : Exit.FAILED;
        } catch (ConnectException e) {
            throw new StartFailed("nothing listens at management port " + host + ":" + asked, e);
        }
    }

    /** For a path or a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
