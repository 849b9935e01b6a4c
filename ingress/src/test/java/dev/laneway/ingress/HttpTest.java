package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Reply;
import dev.laneway.ingress.limits.Bounds;
import dev.laneway.ingress.limits.Waits;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.MetricTag;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
    private static final String KEY = "authorization: Bearer " + TestIngress.KEY + "\r\n";
    private static final String BODY = TestIngress.body("smart", false);
    private static final String STREAM = TestIngress.body("smart", true);

    private TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldRefuseABodyOfTwoLengths() throws Exception {
        String answer = raw("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n" + KEY
                + "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(ingress.outbox.published).isEmpty();
    }

    @Test
    void shouldRefuseTwoContentLengths() throws Exception {
        String answer = raw("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n" + KEY
                + "content-length: 5\r\ncontent-length: 6\r\n\r\n123456");

        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @Test
    void shouldRefuseHeadersThatAreTooLarge() throws Exception {
        String answer =
                raw("GET /v1/models HTTP/1.1\r\nhost: x\r\n" + KEY + "x-big: " + "x".repeat(33_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 431").contains("headers_too_large");
    }

    @Test
    void shouldTakeTheLargeHeadersOfAgents() throws Exception {
        HttpRequest.Builder request = ingress.request("/v1/models").header("x-big", "x".repeat(20_000));

        assertThat(ingress.answer(request).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAnAddressThatIsTooLong() throws Exception {
        String answer = raw("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nhost: x\r\n\r\n");

        assertThat(answer).contains(" 414 ", "uri_too_long");
    }

    @Test
    void shouldRefuseWhatIsNotHttp() throws Exception {
        assertThat(raw("hello\r\n\r\n")).contains(" 400 ", "malformed_http");
    }

    @Test
    void shouldAskForABodyThatWaitsToBeAskedFor() throws Exception {
        RawClient client = new RawClient(ingress.port)
                .send("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n" + KEY
                        + "expect: 100-continue\r\ncontent-length: " + BODY.length() + "\r\n\r\n");
        String asked = client.readUntil("\r\n\r\n");

        client.send(BODY);

        assertThat(asked).startsWith("HTTP/1.1 100 Continue");
        assertThat(ingress.outbox.next().request().route()).isEqualTo("smart");
        client.close();
    }

    @Test
    void shouldRefuseAWaitingBodyByItsStatusAtOnce() throws Exception {
        RawClient client = new RawClient(ingress.port)
                .send("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n" + KEY
                        + "expect: 100-continue\r\ncontent-length: 30000000\r\n\r\n");

        assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 413");
        client.close();
    }

    @Test
    void shouldGiveUpABodyThatStopsToArrive() throws Exception {
        String answer = raw("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n" + KEY + "content-length: 100\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("body_timeout");
        assertThat(ingress.memory.held()).isZero();
    }

    @Test
    void shouldNotEndOtherStreamsForABodyThatStopsToArrive() throws Exception {
        ingress.close();
        ingress = TestIngress.withLoops(1, HttpClient.Version.HTTP_2);
        // the first request upgrades the connection, those that follow are streams of it
        ingress.answer(ingress.request("/v1/models"));
        var pending = ingress.send(ingress.chat("smart", false));
        String id = ingress.outbox.next().request().id();
        SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>();
        var stopping = ingress.send(
                ingress.request("/v1/chat/completions").POST(HttpRequest.BodyPublishers.fromPublisher(body)));
        await().until(body::hasSubscribers);
        body.submit(ByteBuffer.wrap(new byte[] {'{'}));

        await().until(() -> ingress.count(IngressMetric.REFUSED, MetricTag.REASON, "slow_body") == 1);
        ingress.wholeAnswer(id, "{}");
        // Java's client does not look at an answer before all of the body is sent
        body.close();

        assertThat(TestIngress.answer(stopping).statusCode()).isEqualTo(408);
        assertThat(TestIngress.answer(stopping).version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(TestIngress.answer(pending).statusCode()).isEqualTo(200);
        assertThat(ingress.loops.getFirst().connections()).isEqualTo(1);
    }

    @Test
    void shouldForgetABodyWhoseClientLeft() throws Exception {
        RawClient client = new RawClient(ingress.port)
                .send("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n" + KEY + "content-length: 100\r\n\r\n{");
        await().until(() -> ingress.memory.held() > 0);

        client.close();

        await().untilAsserted(() -> assertThat(ingress.memory.held()).isZero());
    }

    @Test
    void shouldCloseConnectionsThatStayIdle() throws Exception {
        restart(Duration.ofMillis(200), TestIngress.ROOMY);
        RawClient dripping = new RawClient(ingress.port).send("POST /v1/chat/completions HTTP/1.1\r\nhost: ");
        RawClient silent = new RawClient(ingress.port);
        RawClient kept = new RawClient(ingress.port).send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n");

        String fromDripping = dripping.readAll();
        String fromSilent = silent.readAll();
        String fromKept = kept.readAll();

        assertThat(fromDripping).isEmpty();
        assertThat(fromSilent).isEmpty();
        assertThat(fromKept).startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldKeepAConnectionWhoseRequestWaits() throws Exception {
        restart(Duration.ofMillis(200), TestIngress.ROOMY);
        var pending = ingress.send(ingress.chat("smart", false));
        String id = ingress.outbox.next().request().id();
        try (RawClient laterAndIdle = new RawClient(ingress.port)) {
            laterAndIdle.readAll();
        }

        ingress.wholeAnswer(id, "{}");

        assertThat(TestIngress.answer(pending).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseMoreConnectionsThanItMayHave() throws Exception {
        restart(Duration.ofMinutes(1), new Bounds(10, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 2));
        RawClient first = new RawClient(ingress.port).send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n");
        RawClient second = new RawClient(ingress.port).send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n");
        await().until(() -> ingress.loops.getFirst().connections() == 2);

        RawClient third = new RawClient(ingress.port).send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n");

        assertThat(third.readAll()).isEmpty();
        assertThat(second.readUntil("\r\n")).startsWith("HTTP/1.1 200");
        first.close();
    }

    @Test
    void shouldSpeakHttp2InClearText() throws Exception {
        ingress.close();
        ingress = TestIngress.withLoops(1, HttpClient.Version.HTTP_2);
        var pending = ingress.send(ingress.chat("smart", false));

        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{}");

        assertThat(TestIngress.answer(pending).version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    @Test
    void shouldStreamToAClientThatKnowsNoChunks() throws Exception {
        RawClient client = new RawClient(ingress.port)
                .send("POST /v1/chat/completions HTTP/1.0\r\nhost: x\r\n" + KEY + "connection: keep-alive\r\n"
                        + "content-length: " + STREAM.length() + "\r\n\r\n" + STREAM);
        String id = ingress.outbox.next().request().id();
        ingress.reply(new Reply.Frame(id, id + ":0:0", 0, TestIngress.stream(), null), "data: one\n\n");
        String first = client.readUntil("data: one\n\n");

        ingress.reply(new Reply.Frame(id, id + ":0:0", 1, null, TestIngress.END), "data: [DONE]\n\n");

        assertThat(first).startsWith("HTTP/1.0 200").doesNotContain("chunked");
        assertThat(client.readAll()).isEqualTo("data: [DONE]\n\n");
    }

    @Test
    void shouldSayTheRequestIdOfWhatIsNoHttp() throws Exception {
        String answer = raw("POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-big: " + "x".repeat(33_000) + "\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 431")
                .contains("x-request-id: req_", "\nrequest-id: req_", "\"type\":\"error\"", "\"request_id\":\"req_");
        assertThat(ingress.count(IngressMetric.REFUSED, MetricTag.REASON, "headers_too_large"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS *", "CONNECT x:443"})
    void shouldWordEveryRefusal(String line) throws Exception {
        String answer = raw(line + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404").contains("x-request-id: req_", "unknown_url");
    }

    @Test
    void shouldAnswerAllThatAClientSendsAtOnce() throws Exception {
        String one = "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n" + KEY + "content-length: ";
        RawClient client = new RawClient(ingress.port)
                .send(one + BODY.length() + "\r\n\r\n" + BODY + one + "1\r\n\r\n{" + one + BODY.length()
                        + "\r\nconnection: close\r\n\r\n" + BODY);

        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{\"first\":1}");
        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{\"third\":3}");

        assertThat(client.readAll())
                .containsSubsequence("HTTP/1.1 200", "{\"first\":1}", "HTTP/1.1 400", "HTTP/1.1 200", "{\"third\":3}");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void shouldTellAHeadTheLengthOfWhatItDoesNotGet(HttpClient.Version version) {
        ingress.close();
        ingress = TestIngress.withLoops(1, version);
        HttpResponse<String> whole = ingress.answer(ingress.request("/v1/models"));

        HttpResponse<String> answer =
                ingress.answer(ingress.request("/v1/models").HEAD());

        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("content-length"))
                .hasValue(Integer.toString(whole.body().length()));
    }

    @Test
    void shouldFindTheLoopOfEachRequest() throws Exception {
        ingress.close();
        ingress = TestIngress.withLoops(3, HttpClient.Version.HTTP_1_1);
        var pending = java.util.stream.IntStream.range(0, 30)
                .mapToObj(i -> ingress.send(ingress.chat("smart", false)))
                .toList();

        for (int i = 0; i < 30; i++) {
            String id = ingress.outbox.next().request().id();
            ingress.wholeAnswer(id, id);
        }

        assertThat(pending).allSatisfy(each -> {
            HttpResponse<String> answer = TestIngress.answer(each);
            assertThat(answer.headers().firstValue("x-request-id")).hasValue(answer.body());
        });
        assertThat(ingress.loops).hasSize(3);
    }

    @Test
    void shouldLetBrowsersOfAnyOriginCall() throws Exception {
        String preflight = raw("OPTIONS /v1/chat/completions HTTP/1.1\r\nhost: x\r\norigin: https://a.example\r\n"
                + "access-control-request-method: POST\r\naccess-control-request-headers: authorization,x-a\r\n"
                + "connection: close\r\n\r\n");
        HttpResponse<String> answer =
                ingress.answer(ingress.request("/v1/models").header("origin", "https://a.example"));

        assertThat(preflight)
                .startsWith("HTTP/1.1 204")
                .contains("access-control-allow-origin: *", "access-control-allow-headers: authorization,x-a");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
    }

    private void restart(Duration idle, Bounds bounds) {
        ingress.close();
        ingress = TestIngress.start(
                new Waits(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        idle,
                        Duration.ofMillis(10)),
                bounds);
    }

    private String raw(String request) throws Exception {
        try (RawClient client = new RawClient(ingress.port)) {
            return client.send(request).readAll();
        }
    }
}
