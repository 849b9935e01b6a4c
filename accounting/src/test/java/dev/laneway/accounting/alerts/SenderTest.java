package dev.laneway.accounting.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretValues;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.config.alerts.AlertChannel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTest {
    private static final long NOW = 1_795_000_000_000L;
    private static final Alert ALERT = new Alert(
            "alert_01kb",
            "budget",
            "budget",
            "team/red/monthly",
            80,
            Instant.parse("2026-11-01T00:00:00Z"),
            "Budget of team <red>: 80 %",
            "team <!channel> spent a lot & more",
            "{\"percent\": 80}",
            Instant.parse("2026-11-17T10:00:00Z"));

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Sender sender =
            new Sender(vertx, () -> new Secrets(Environment.of(environment), SecretValues.NONE), () -> NOW);

    private record Received(String path, Map<String, String> headers, JsonObject body) {}

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private int endpoint(Consumer<HttpServerRequest> answer) throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(http -> http.body().onSuccess(body -> {
                    Map<String, String> headers = new HashMap<>();
                    http.headers().forEach(headers::put);
                    received.add(new Received(http.path(), headers, body.toJsonObject()));
                    answer.accept(http);
                }));
        return server.listen(0, "127.0.0.1").await(5, TimeUnit.SECONDS).actualPort();
    }

    private Sender.Result send(AlertChannel channel) throws Exception {
        return sender.send(channel, ALERT).await(20, TimeUnit.SECONDS);
    }

    private AlertChannel webhook(String url, boolean signed) {
        environment.put("URL", url);
        return new AlertChannel.Webhook("pager", new SecretRef.Env("URL"), signed ? new SecretRef.Env("SECRET") : null);
    }

    @Test
    void shouldSignWhatItSendsToAWebhook() throws Exception {
        environment.put("SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        int port = endpoint(http -> http.response().setStatusCode(204).end());

        Sender.Result result = send(webhook("http://127.0.0.1:" + port + "/hook?a=b", true));

        assertThat(result).isEqualTo(new Sender.Result.Answered(204, Duration.ZERO));
        assertThat(received.getFirst().headers())
                .containsEntry("webhook-id", "alert_01kb")
                .containsEntry("webhook-timestamp", "1795000000")
                .containsEntry(
                        "webhook-signature",
                        WebhookSignature.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                                .sign("alert_01kb", 1_795_000_000, Messages.webhook(ALERT)));
        assertThat(received.getFirst().body())
                .isEqualTo(new JsonObject()
                        .put("type", "alert.budget")
                        .put("timestamp", "2026-11-17T10:00:00Z")
                        .put(
                                "data",
                                new JsonObject()
                                        .put("id", "alert_01kb")
                                        .put("kind", "budget")
                                        .put("rule", "budget")
                                        .put("subject", "team/red/monthly")
                                        .put("level", 80)
                                        .put("window_from", "2026-11-01T00:00:00Z")
                                        .put("title", ALERT.title())
                                        .put("text", ALERT.text())
                                        .put("details", new JsonObject().put("percent", 80))));
    }

    @Test
    void shouldSpeakSlacksFormatWithoutMentioningAnybody() throws Exception {
        int port = endpoint(http -> http.response().end("ok"));
        environment.put("URL", "http://127.0.0.1:" + port + "/services/T/B/X");

        send(new AlertChannel.Slack("ops", new SecretRef.Env("URL")));

        assertThat(received.getFirst().body().getString("text"))
                .isEqualTo("*Budget of team &lt;red&gt;: 80 %*\nteam &lt;!channel&gt; spent a lot &amp; more");
        assertThat(received.getFirst().headers()).doesNotContainKey("webhook-id");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void shouldNotGoWhereAnEndpointSends(int status) throws Exception {
        int port = endpoint(http -> http.response()
                .setStatusCode(status)
                .putHeader("location", "/elsewhere")
                .end());

        Sender.Result result = send(webhook("http://127.0.0.1:" + port + "/hook", false));

        assertThat(result).isEqualTo(new Sender.Result.Answered(status, Duration.ZERO));
        assertThat(received).extracting(Received::path).containsExactly("/hook");
    }

    @Test
    void shouldHearWhenToComeAgain() throws Exception {
        int port = endpoint(http -> http.response()
                .setStatusCode(429)
                .putHeader("retry-after", "90")
                .end());

        assertThat(send(webhook("http://127.0.0.1:" + port + "/", false)))
                .isEqualTo(new Sender.Result.Answered(429, Duration.ofSeconds(90)));
    }

    /** It is no number of seconds, or that of a date. */
    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "9999999", "Wed, 21 Oct 2026 07:28:00 GMT"})
    void shouldComeAgainAsUsualWhereItIsNotToldWhen(String retryAfter) throws Exception {
        int port = endpoint(http -> http.response()
                .setStatusCode(503)
                .putHeader("retry-after", retryAfter)
                .end());

        assertThat(send(webhook("http://127.0.0.1:" + port + "/", false)))
                .isEqualTo(new Sender.Result.Answered(503, Duration.ZERO));
    }

    /** What an endpoint says of its own going elsewhere is no delivery either. */
    @ParameterizedTest
    @CsvSource({
        "199, false",
        "200, true",
        "204, true",
        "299, true",
        "300, false",
        "307, false",
        "404, false",
        "500, false"
    })
    void shouldTakeForDeliveredWhatWasTaken(int status, boolean taken) {
        assertThat(new Sender.Result.Answered(status, Duration.ZERO).isTaken()).isEqualTo(taken);
    }

    @Test
    void shouldNotReadAnAnswerWithoutEnd() throws Exception {
        int port = endpoint(http -> http.response().setChunked(true).write("on and on"));

        assertThat(send(webhook("http://127.0.0.1:" + port + "/", false)))
                .isEqualTo(new Sender.Result.Answered(200, Duration.ZERO));
    }

    @Test
    void shouldSayWhyNothingCouldBeSentAndNeverWhere() throws Exception {
        assertThat(send(webhook("http://127.0.0.1:1/secret", false)))
                .isEqualTo(new Sender.Result.Failed("unreachable"));
        assertThat(send(webhook("ftp://host/secret", false))).isEqualTo(new Sender.Result.Failed("address_malformed"));
        assertThat(send(webhook("http://ada:secret@127.0.0.1:1/", false)))
                .isEqualTo(new Sender.Result.Failed("address_malformed"));
        environment.put("SECRET", "not-a-secret");
        assertThat(send(webhook("http://127.0.0.1:1/", true))).isEqualTo(new Sender.Result.Failed("secret_not_usable"));
        environment.clear();
        assertThat(send(new AlertChannel.Slack("ops", new SecretRef.Env("URL"))))
                .isEqualTo(new Sender.Result.Failed("address_not_set"));
    }
}
