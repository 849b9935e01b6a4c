package dev.laneway.standalone;

import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trace}: asks a running process, by its management port, where a request went. */
@Command(
        name = "trace",
        description = "Shows every topic, partition and offset that a request went through, a line each, with times.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TraceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The request's id, as x-request-id said it.")
    private String id;

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

    @Override
    public Integer call() throws Exception {
        int asked = managementPort > 0 ? managementPort : port + 1;
        URI uri = URI.create("http://" + host + ":" + asked + "/trace/" + URLEncoder.encode(id, StandardCharsets.UTF_8)
                + (json ? "?format=json" : ""));
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
        PrintWriter out = spec.commandLine().getOut();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            out.println(response.body().stripTrailing());
            out.flush();
            return response.statusCode() == 200 ? 0 : Main.FAILED;
        } catch (ConnectException e) {
            throw new StartFailed("nothing listens at management port " + host + ":" + asked, e);
        }
    }
}
