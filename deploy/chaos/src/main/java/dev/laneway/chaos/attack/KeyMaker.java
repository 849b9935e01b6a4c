package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.load.PaidWork;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Makes keys with budgets, as an operator's script does: a config file takes fewer than are spent. */
final class KeyMaker implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI ingress;

    private KeyMaker(URI ingress) {
        this.ingress = ingress;
    }

    static KeyMaker at(URI ingress) {
        return new KeyMaker(ingress);
    }

    /**
     * Makes the key {@link PaidWork#key} of an alias; blocks.
     *
     * @param budget of a year, in dollars
     * @return by whom facts are of it
     */
    String make(String alias, BigDecimal budget) throws IOException, InterruptedException {
        JsonObject terms = new JsonObject()
                .put(
                        "budgets",
                        new JsonArray()
                                .add(new JsonObject().put("limit", budget).put("period", "1y")));
        JsonObject wanted = new JsonObject()
                .put("alias", alias)
                .put("key", PaidWork.key(alias))
                .put("terms", terms);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(ingress.resolve("/v1/keys"))
                        .header("authorization", "Bearer " + Cluster.KEY)
                        .header("content-type", "application/json")
                        .timeout(ANSWER)
                        .POST(HttpRequest.BodyPublishers.ofString(wanted.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("no key for " + alias + ": " + answer.statusCode() + " " + answer.body());
        }
        try {
            return new JsonObject(answer.body()).getString("id");
        } catch (DecodeException e) {
            throw new IOException("a key whose answer can't be read", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
