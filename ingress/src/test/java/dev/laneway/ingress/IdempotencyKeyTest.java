package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Signal;
import dev.laneway.ingress.auth.Admission;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.meters.IngressMetric;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call with an {@code Idempotency-Key}, and its repeats. */
class IdempotencyKeyTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    private HttpRequest.Builder keyed(boolean stream) {
        return ingress.chat("smart", stream).header("idempotency-key", "order-17");
    }

    private HttpRequest.Builder anthropic() {
        return ingress.post("/v1/messages", TestIngress.body("smart", false)).header("idempotency-key", "order-17");
    }

    /** A first call, answered. */
    private Request answered(String body) throws Exception {
        CompletableFuture<HttpResponse<String>> first = ingress.send(keyed(false));
        Request request = ingress.outbox.next().request();
        ingress.wholeAnswer(request.id(), body);
        TestIngress.answer(first);
        ingress.answers.frames.put(request.id(), List.of(body));
        return request;
    }

    private void write(Fact.OfRequest fact) {
        TestIngress.await(ingress.names.write(fact, HOUR));
    }

    @Test
    void shouldAnswerARepeatAsTheFirstCall() throws Exception {
        Request first = answered("{\"answer\":1}");
        write(Facts.completed(first));

        HttpResponse<String> repeat = ingress.answer(keyed(false));

        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).isEqualTo("{\"answer\":1}");
        assertThat(repeat.headers().firstValue("x-request-id")).hasValue(first.id());
        assertThat(repeat.headers().firstValue("idempotent-replayed")).hasValue("true");
        assertThat(repeat.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(repeat.headers().firstValue("x-laneway-route")).hasValue("smart");
        assertThat(repeat.headers().firstValue("x-laneway-attempts")).hasValue("1");
        assertThat(ingress.outbox.published).isEmpty();
        await().untilAsserted(() -> assertThat(ingress.memory.held()).isZero());
        await().untilAsserted(
                        () -> assertThat(ingress.count(IngressMetric.REPLAYED)).isEqualTo(1));
    }

    @Test
    void shouldStreamTheFramesOfAStreamAgain() throws Exception {
        CompletableFuture<HttpResponse<String>> first = ingress.send(keyed(true));
        Request request = ingress.outbox.next().request();
        ingress.reply(
                new Reply.Frame(request.id(), request.id() + ":0:0", 0, TestIngress.stream(), TestIngress.END),
                "data: one\n\n");
        TestIngress.answer(first);
        ingress.answers.head = TestIngress.stream();
        ingress.answers.frames.put(request.id(), List.of("data: one\n\n", "data: two\n\n", "data: [DONE]\n\n"));
        write(Facts.completed(request));

        HttpResponse<String> repeat = ingress.answer(keyed(true));

        assertThat(repeat.body()).isEqualTo("data: one\n\ndata: two\n\ndata: [DONE]\n\n");
        assertThat(repeat.headers().firstValue("content-type")).hasValue("text/event-stream");
    }

    @Test
    void shouldWaitALittleForTheEndOfWhatHasJustEnded() throws Exception {
        Request first = answered("{}");
        CompletableFuture<HttpResponse<String>> repeat = ingress.send(keyed(false));

        write(Facts.completed(first));

        assertThat(TestIngress.answer(repeat).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayThatTheFirstCallIsStillUnderWay() throws Exception {
        ingress.send(keyed(false));
        ingress.outbox.next();

        HttpResponse<String> repeat = ingress.answer(keyed(false));

        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.headers().firstValue("retry-after")).hasValue("1");
        assertThat(repeat.body()).contains("request_in_progress");
        assertThat(ingress.outbox.published).isEmpty();
    }

    @Test
    void shouldSayItInTheDialectOfTheCaller() throws Exception {
        ingress.send(anthropic());
        ingress.outbox.next();

        HttpResponse<String> repeat = ingress.answer(anthropic());

        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.body()).contains("\"type\":\"error\"").contains("conflict_error");
    }

    @Test
    void shouldSayItOfARequestOfAnIngressThatIsGone() throws Exception {
        Request first = answered("{}");

        HttpResponse<String> repeat = ingress.answer(keyed(false));

        assertThat(first.names()).isNotNull();
        assertThat(repeat.statusCode()).isEqualTo(409);
    }

    @Test
    void shouldRefuseTheKeyForAnotherBody() throws Exception {
        answered("{}");

        HttpResponse<String> other =
                ingress.answer(ingress.post("/v1/chat/completions", TestIngress.body("smart", true))
                        .header("idempotency-key", "order-17"));

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency_key_reused");
    }

    @Test
    void shouldRefuseTheKeyForAnotherApi() throws Exception {
        answered("{}");

        HttpResponse<String> other = ingress.answer(anthropic());

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("\"type\":\"error\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\"\"", "t\tg"})
    void shouldRefuseAKeyThatIsNone(String key) {
        HttpResponse<String> answer =
                ingress.answer(ingress.chat("smart", false).header("idempotency-key", key));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("idempotency_key_invalid");
    }

    @Test
    void shouldRefuseAKeyOf256Characters() {
        HttpResponse<String> answer =
                ingress.answer(ingress.chat("smart", false).header("idempotency-key", "k".repeat(256)));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTakeAQuotedKeyForTheSame() throws Exception {
        write(Facts.completed(answered("{\"answer\":1}")));

        HttpResponse<String> repeat =
                ingress.answer(ingress.chat("smart", false).header("idempotency-key", "\"order-17\""));

        assertThat(repeat.headers().firstValue("idempotent-replayed")).hasValue("true");
    }

    @Test
    void shouldRunAnewWhatEndedWithoutAnAnswer() throws Exception {
        CompletableFuture<HttpResponse<String>> first = ingress.send(keyed(false));
        Request request = ingress.outbox.next().request();
        ingress.failed(request.id(), FailureKind.OVERLOADED, 503, 0);
        TestIngress.answer(first);
        write(Facts.ended(request, FailureKind.OVERLOADED, 503));

        CompletableFuture<HttpResponse<String>> second = ingress.send(keyed(false));

        String again = ingress.outbox.next().request().id();
        ingress.wholeAnswer(again, "{\"answer\":2}");
        assertThat(again).isNotEqualTo(request.id());
        assertThat(TestIngress.answer(second).body()).isEqualTo("{\"answer\":2}");
    }

    @Test
    void shouldNotRunAgainWhatMayHaveBeenBilled() throws Exception {
        CompletableFuture<HttpResponse<String>> first = ingress.send(keyed(false));
        Request request = ingress.outbox.next().request();
        ingress.failed(request.id(), FailureKind.UNKNOWN, 502, 0);
        TestIngress.answer(first);
        write(Facts.ended(request, FailureKind.UNKNOWN, 502));

        HttpResponse<String> repeat = ingress.answer(keyed(false));

        assertThat(repeat.statusCode()).isEqualTo(502);
        assertThat(repeat.body()).contains("\"code\":\"unknown\"");
        assertThat(repeat.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(repeat.headers().firstValue("x-request-id")).hasValue(request.id());
        assertThat(repeat.headers().firstValue("idempotent-replayed")).hasValue("true");
        assertThat(ingress.outbox.published).isEmpty();
    }

    @Test
    void shouldFreeTheKeyOfARequestThatTheBrokerDidNotTake() throws Exception {
        ingress.outbox.acknowledges = false;
        CompletableFuture<HttpResponse<String>> first = ingress.send(keyed(false));
        ingress.outbox.next().fail(new IllegalStateException("no"));
        int status = TestIngress.answer(first).statusCode();

        ingress.send(keyed(false));

        assertThat(status).isEqualTo(503);
        assertThat(ingress.outbox.next().request().names()).isNotNull();
    }

    @Test
    void shouldFreeTheKeyWhereTheBrokerIsSilent() throws Exception {
        ingress.outbox.acknowledges = false;
        int status = ingress.answer(keyed(false)).statusCode();
        ingress.outbox.next();

        ingress.send(keyed(false));

        assertThat(status).isEqualTo(503);
        assertThat(ingress.outbox.next()).isNotNull();
    }

    @Test
    void shouldTakeNoKeyWhileTheNamesAreNotRestored() throws Exception {
        ingress.names.forget();

        HttpResponse<String> answer = ingress.answer(keyed(false));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.body()).contains("idempotency_unavailable");
        assertThat(ingress.outbox.published).isEmpty();
        assertThat(ingress.memory.held()).isZero();
    }

    @Test
    void shouldTakeCallsWithoutAKeyAllTheSame() throws Exception {
        ingress.names.forget();

        CompletableFuture<HttpResponse<String>> answer = ingress.send(ingress.chat("smart", false));

        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{}");
        assertThat(TestIngress.answer(answer).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayThatAnAnswerIsNotKeptAnyMore() throws Exception {
        Request first = answered("{}");
        ingress.answers.frames.clear();
        write(Facts.completed(first));

        HttpResponse<String> repeat = ingress.answer(keyed(false));

        assertThat(repeat.statusCode()).isEqualTo(410);
        assertThat(repeat.body()).contains("answer_gone");
    }

    @Test
    void shouldSayWhenToTryAgainWhereTheAnswerCanNotBeRead() throws Exception {
        write(Facts.completed(answered("{}")));
        ingress.answers.away = true;

        HttpResponse<String> repeat = ingress.answer(keyed(false));

        assertThat(repeat.statusCode()).isEqualTo(503);
        assertThat(repeat.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void shouldKeepOwnersApart() throws Exception {
        write(Facts.completed(answered("{\"answer\":1}")));
        ingress.authenticator = headers -> new Admission.Admitted(new Caller("team-b"));

        CompletableFuture<HttpResponse<String>> others = ingress.send(keyed(false));

        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{\"answer\":2}");
        assertThat(TestIngress.answer(others).body()).isEqualTo("{\"answer\":2}");
    }

    @Test
    void shouldNotCancelWhatHasAKeyWhenTheProcessEnds() throws Exception {
        CompletableFuture<HttpResponse<String>> first = ingress.send(keyed(false));
        ingress.outbox.next();

        TestIngress.await(ingress.loops.getFirst().drain(Duration.ofMillis(10)));

        assertThat(TestIngress.answer(first).statusCode()).isEqualTo(503);
        assertThat(ingress.outbox.signals).isEmpty();
    }

    @Test
    void shouldLetTheWorkerGoOnWhereAPausedClientLeaves() throws Exception {
        RawClient client = new RawClient(ingress.port).chat(true, "idempotency-key: k2");
        String id = ingress.outbox.next().request().id();
        String chunk = "data: " + "x".repeat(100_000) + "\n\n";
        for (int seq = 0; ingress.outbox.signals.isEmpty(); seq++) {
            ingress.reply(new Reply.Frame(id, id + ":0:0", seq, seq == 0 ? TestIngress.stream() : null, null), chunk);
            TestIngress.await(ingress.vertx.timer(1));
        }

        client.reset();

        await().untilAsserted(() ->
                assertThat(ingress.outbox.signals).containsExactly(new Signal.Pause(id), new Signal.Resume(id)));
    }

    @Test
    void shouldPutNoNameIntoAnEvent() throws Exception {
        ingress.send(keyed(false).header("x-client-request-id", "my-label"));

        Request request = ingress.outbox.next().request();

        assertThat(request.names()).isNotNull();
        assertThat(request.toString()).doesNotContain("order-17").doesNotContain("my-label");
    }
}
