package dev.laneway.standalone.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of commands that ask a running gateway by its API, how they ask it, and how they print what it answers. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
    /** As many as the gateway shows at once. */
    private static final int PAGE = 500;

    @Option(
            names = "--url",
            description =
                    "Address of the gateway. Default: LANEWAY_URL of the environment, else http://127.0.0.1:4000.")
    private @Nullable String url;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Mixin
    private OperatorKeyOption key;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * Asks. Blocks for half a minute at most.
     *
     * @param body goes along where there is one
     * @return what was answered
     * @throws StartFailed where nobody listens, or it was refused: with the gateway's own words
     */
    public JsonNode ask(String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException, StartFailed {
        Answer answer = send(method, path, body);
        if (answer.status() >= 300) {
            String why = answer.body().at("/error/message").asText("");
            throw new StartFailed(why.isEmpty() ? "HTTP " + answer.status() : why);
        }
        return answer.body();
    }

    /** Whether there is something at a path. @throws StartFailed as {@link #ask}, but for what is not there */
    public boolean isThere(String path) throws IOException, InterruptedException, StartFailed {
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

    /**
     * Prints an answer.
     *
     * @param text what of it is for people
     * @return the exit code
     */
    public int print(JsonNode answer, Function<JsonNode, String> text) {
        PrintWriter out = command.commandLine().getOut();
        out.println(json ? answer.toPrettyString() : text.apply(answer));
        out.flush();
        return 0;
    }

    /**
     * Prints a page of a list.
     *
     * @param line one of the list for people
     * @return the exit code
     */
    public int printPage(JsonNode page, Function<JsonNode, String> line) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(page.toPrettyString());
        } else {
            page.path("data").forEach(one -> out.println(line.apply(one)));
        }
        out.flush();
        return 0;
    }

    /**
     * Asks for all of a list, page by page, and prints it.
     *
     * @param parameters of the question, as {@link #parameter} makes them
     * @param line one of the list for people
     * @return the exit code
     */
    public int printList(String path, String parameters, Function<JsonNode, String> line)
            throws IOException, InterruptedException, StartFailed {
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = ask("GET", path + "?limit=" + PAGE + parameters + after, null);
            printPage(page, line);
            more = page.path("has_more").asBoolean();
            JsonNode last = page.path("data").path(page.path("data").size() - 1);
            after = parameter("after", last.path("id").asText());
        }
        return 0;
    }

    /** What an answer says in a field, for people. */
    public static String said(JsonNode answer, String name) {
        return answer.hasNonNull(name) ? answer.get(name).asText() : "-";
    }

    /** One more parameter of a question that has some; none where there is no value. */
    public static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + encode(value);
    }

    /** Has a body say it, where there is something to say. */
    public static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    /** Has a body say it, where there is something to say. */
    public static void put(ObjectNode body, String name, @Nullable Long value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    /** For a path or a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
