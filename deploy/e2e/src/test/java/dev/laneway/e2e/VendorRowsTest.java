package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.dialects.providers.Quirk;
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each vendor's row makes of a chat request, before the simulator, which refuses what the vendor's format does not have. */
class VendorRowsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static Vertx vertx;
    private static VendorSimulator simulator;
    private static HttpClient http;

    @BeforeAll
    static void open() throws Exception {
        vertx = Vertx.vertx();
        simulator = VendorSimulator.start(vertx, SimulatorConfig.defaults()).await(20, TimeUnit.SECONDS);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() throws Exception {
        http.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    /** All but the one that has no chats. */
    static Stream<Arguments> rows() {
        return ProviderCatalogue.all().stream()
                .map(ProviderRow::name)
                .filter(name -> !name.equals("text-completion-openai"))
                .flatMap(name -> Stream.of(Arguments.of(name, false), Arguments.of(name, true)));
    }

    @ParameterizedTest(name = "{0}, streamed {1}")
    @MethodSource("rows")
    void shouldSpeakAsItsVendorTakesIt(String name, boolean stream) throws Exception {
        Exchange.Ready ready = ask(name, stream);
        HttpRequest.Builder call = HttpRequest.newBuilder(
                        URI.create(ready.call().url()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(ready.call().body()));
        ready.call().headers().forEach(call::header);

        HttpResponse<byte[]> answer = http.send(call.build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode())
                .as(() -> new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        byte[] frames = ready.answer().feed(answer.body());
        byte[] end = ready.answer().end();
        assertThat(ready.failure()).isNull();
        // unasked, the simulator tells none; these vendors do
        boolean unasked = stream && row(name).quirks().contains(Quirk.NO_STREAM_OPTIONS);
        assertThat(ready.answer().usage() == null).isEqualTo(unasked);
        assertThat(text(new String(frames, StandardCharsets.UTF_8) + new String(end, StandardCharsets.UTF_8), stream))
                .isEqualTo("every row has its lane");
    }

    private static ProviderRow row(String name) {
        return Objects.requireNonNull(ProviderCatalogue.find(name));
    }

    private static Exchange.Ready ask(String name, boolean stream) {
        ProviderRow row = row(name);
        String path = row.baseUrl() == null ? "" : URI.create(row.baseUrl()).getPath();
        Target target = new Target(
                row,
                "sim",
                new Target.Endpoint(simulator.baseUrl() + path, "sim-key", Map.of(), "p", "global", "2024-10-21"),
                "r:0:0",
                stream,
                Map.of(),
                new Target.Policy(null, Set.of()));
        byte[] body = ("{\"model\":\"route\",\"stream\":" + stream
                        + ",\"max_completion_tokens\":99,\"user\":\"u\",\"messages\":["
                        + "{\"role\":\"developer\",\"content\":\"be brief\"},"
                        + "{\"role\":\"user\",\"content\":\"say: every row has its lane\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        Exchange opened = Exchange.open(
                Dialects.inbound(Dialect.OPENAI_CHAT), body, target, new RenderContext("r", "route", 1, stream, true));
        assertThat(opened).isInstanceOf(Exchange.Ready.class);
        return (Exchange.Ready) opened;
    }

    private static String text(String answer, boolean stream) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String part : stream ? answer.split("\n") : new String[] {"data: " + answer}) {
            if (part.startsWith("data: {")) {
                JsonNode choice = JSON.readTree(part.substring("data: ".length()))
                        .path("choices")
                        .path(0);
                text.append(choice.path(stream ? "delta" : "message")
                        .path("content")
                        .asText(""));
            }
        }
        return text.toString();
    }
}
