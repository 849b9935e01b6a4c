package dev.laneway.standalone.serve;

import dev.laneway.runtime.config.Environment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code rehearse}: what the launcher runs once after a build, so that the JVM can record which classes and profiles a start needs
 * (JEP 514, 515). Everything is ephemeral and on free ports; only the built-in simulated vendor is called.
 */
@Command(name = "rehearse", hidden = true, description = "Starts, answers some requests and stops; for the launcher.")
public final class RehearseCommand implements Callable<Integer> {
    private static final String KEY = "sk-rehearsal";
    private static final int REQUESTS = 400;

    @Override
    public Integer call() throws Exception {
        Path state = Files.createTempDirectory("laneway-rehearsal");
        try (Standalone laneway = Standalone.start(Standalone.Settings.onTrial(
                        null, false, state, Environment.of(Map.of("LANEWAY_MASTER_KEY", KEY))));
                HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < REQUESTS; i++) {
                String body = "{\"model\":\"simulated\",\"stream\":" + (i % 2 == 0)
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + laneway.port() + "/v1/chat/completions"))
                                .header("authorization", "Bearer " + KEY)
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        } finally {
            Files.deleteIfExists(state);
        }
        return 0;
    }
}
