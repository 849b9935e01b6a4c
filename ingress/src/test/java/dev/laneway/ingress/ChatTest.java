package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Feature;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatTest {
    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldPublishTheBodyUntouchedWithWhatPlanningNeeds() throws Exception {
        String body = """
                {"model": "smart",  "max_tokens":7, "response_format":{"type":"json_object"}, "x_unknown": [1],
                 "messages":[{"role":"user","content":"hello"}]}""";
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        ingress.send(ingress.post("/v1/chat/completions", body).header("traceparent", trace));

        FakeOutbox.Published published = ingress.outbox.next();

        Request request = published.request();
        assertThat(new String(published.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(published.topic()).isEqualTo("lw.cloud.requests.premium.interactive");
        assertThat(request.owner()).isEqualTo("master");
        assertThat(request.route()).isEqualTo("smart");
        assertThat(request.zone()).isEqualTo(Zone.CLOUD);
        assertThat(request.workClass()).isEqualTo(WorkClass.INTERACTIVE);
        assertThat(request.dialect()).isEqualTo(Dialect.OPENAI_CHAT);
        assertThat(request.maxTokens()).isEqualTo(7);
        assertThat(request.features()).containsExactly(Feature.JSON_OBJECT);
        assertThat(request.deadline() - request.acceptedAt()).isEqualTo(600_000);
        assertThat(request.reply()).isEqualTo(new ReplyAddress("lw.cloud.replies", 3));
        assertThat(request.traceparent()).isEqualTo(trace);
        assertThat(request.configVersion()).isEqualTo(ingress.routes.config().version());
    }

    @Test
    void shouldAnswerWithTheFrameAndSayWhereItCameFrom() throws Exception {
        CompletableFuture<HttpResponse<String>> pending = ingress.send(ingress.chat("smart", false));
        String id = ingress.outbox.next().request().id();

        Reply.Head head = new Reply.Head(
                "d_0123456789ab", Zone.LOCAL, 3, 1, "application/json", Map.of("x-laneway-note", "dropped seed"));
        ingress.reply(new Reply.Frame(id, id + ":1:2", 0, head, TestIngress.END), "{\"ok\":1}");

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ok\":1}");
        Map<String, String> expected = Map.ofEntries(
                Map.entry("content-type", "application/json"),
                Map.entry("x-request-id", id),
                Map.entry("x-laneway-route", "smart"),
                Map.entry("x-laneway-lane", "premium"),
                Map.entry("x-laneway-zone", "local"),
                Map.entry("x-laneway-attempts", "3"),
                Map.entry("x-laneway-fallbacks", "1"),
                Map.entry("x-laneway-note", "dropped seed"),
                Map.entry("x-litellm-call-id", id),
                Map.entry("x-litellm-model-id", "d_0123456789ab"),
                Map.entry("x-litellm-model-group", "smart"),
                Map.entry("x-litellm-attempted-retries", "1"),
                Map.entry("x-litellm-attempted-fallbacks", "1"));
        assertThat(answer.headers().map())
                .allSatisfy((name, values) -> assertThat(values).hasSize(1));
        expected.forEach((name, value) ->
                assertThat(answer.headers().firstValue(name)).as(name).hasValue(value));
    }

    @Test
    void shouldForwardWhatAVendorOfTheSameDialectNeeds() throws Exception {
        ingress.send(ingress.post("/v1/messages?beta=true", TestIngress.body("secure", true))
                .header("anthropic-version", "2026-10-21")
                .header("anthropic-beta", "one,two")
                .header("anthropic-beta", "three")
                .header("user-agent", "agent"));

        Request request = ingress.outbox.next().request();

        assertThat(request.dialect()).isEqualTo(Dialect.ANTHROPIC_MESSAGES);
        assertThat(request.zone()).isEqualTo(Zone.LOCAL);
        assertThat(request.stream()).isTrue();
        assertThat(request.headers())
                .isEqualTo(Map.of("anthropic-version", "2026-10-21", "anthropic-beta", "one,two,three"));
    }

    @Test
    void shouldSayTheRequestIdWhereAnthropicsSdksLookForIt() throws Exception {
        var pending = ingress.send(ingress.post("/v1/messages", TestIngress.body("smart", false)));
        String id = ingress.outbox.next().request().id();

        ingress.wholeAnswer(id, "{}");

        assertThat(TestIngress.answer(pending).headers().firstValue("request-id"))
                .hasValue(id);
    }

    @Test
    void shouldNotLetAWorkerSetHeadersOfHttpOrInventLines() throws Exception {
        var pending = ingress.send(ingress.chat("smart", false));
        String id = ingress.outbox.next().request().id();
        Map<String, String> headers = Map.of(
                "content-length",
                "1",
                "connection",
                "close",
                "x-bad",
                "a\r\nx-evil: b",
                "set-cookie",
                "a=b",
                "x-good",
                "c");

        ingress.reply(
                new Reply.Frame(
                        id,
                        id + ":0:0",
                        0,
                        new Reply.Head("d_1", Zone.CLOUD, 1, 0, "application/json", headers),
                        TestIngress.END),
                "{\"ok\":1}");

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(answer.body()).isEqualTo("{\"ok\":1}");
        assertThat(answer.headers().map())
                .containsKey("x-good")
                .doesNotContainKeys("x-bad", "x-evil", "set-cookie", "connection");
    }

    @Test
    void shouldCallARouteWhoseNameIsNotAscii() throws Exception {
        ingress.routes.put(TestConfig.routesAnd("  größe: {lane: premium, chain: [claude]}\n"));
        var pending = ingress.send(ingress.chat("größe", false));
        var request = ingress.outbox.next().request();

        ingress.wholeAnswer(request.id(), "{}");

        assertThat(request.route()).isEqualTo("größe");
        assertThat(TestIngress.answer(pending).headers().firstValue("x-laneway-route"))
                .hasValue("gr%C3%B6%C3%9Fe");
    }

    @Test
    void shouldFinishARequestUnderTheConfigThatItBeganWith() throws Exception {
        var pending = ingress.send(ingress.chat("smart", false));
        Request request = ingress.outbox.next().request();

        ingress.routes.put(TestConfig.load("""
                model_list:
                  - model_name: other
                    litellm_params: {model: ollama/llama3.2, api_base: "http://127.0.0.1:11434"}
                """));
        ingress.wholeAnswer(request.id(), "{}");

        assertThat(TestIngress.answer(pending).statusCode()).isEqualTo(200);
        assertThat(ingress.answer(ingress.chat("smart", false)).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTakeALargeBodyWithoutHoldingUpOthers() throws Exception {
        String large = TestIngress.body("smart", false).replace("hello", "x".repeat(3_000_000));

        ingress.send(ingress.post("/v1/chat/completions", large));

        FakeOutbox.Published published = ingress.outbox.next();
        assertThat(published.body()).hasSize(large.length());
        assertThat(published.request().inputTokens()).isGreaterThan(700_000);
    }
}
