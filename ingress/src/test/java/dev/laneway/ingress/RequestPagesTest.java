package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.ingress.auth.Admission;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.requests.Past;
import dev.laneway.ingress.requests.RequestHistory;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client is told of its request. */
class RequestPagesTest {
    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    /** A request with a key and a label, published. */
    private Request asked(String key, String label) throws Exception {
        ingress.send(ingress.chat("smart", false).header("idempotency-key", key).header("x-client-request-id", label));
        return ingress.outbox.next().request();
    }

    private void running(Request request) {
        ingress.history.known.put(request.id(), new Past(Fact.Subject.of(request), List.of(), null));
    }

    private void completed(Request request, String body) {
        Fact.Attempted end = Facts.completed(request);
        ingress.history.known.put(
                request.id(),
                new Past(
                        Fact.Subject.of(request),
                        List.of(Facts.failedOnce(request, FailureKind.OVERLOADED), end),
                        end));
        ingress.answers.frames.put(request.id(), List.of(body.substring(0, 3), body.substring(3)));
    }

    private HttpResponse<String> get(String path) {
        return ingress.answer(ingress.request(path));
    }

    @Test
    void shouldTellOfARequestByItsId() throws Exception {
        Request request = asked("a", "b");
        completed(request, "{\"answer\":1}");

        HttpResponse<String> page = get("/v1/requests/" + request.id());

        JsonObject json = new JsonObject(page.body());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(json.getString("id")).isEqualTo(request.id());
        assertThat(json.getString("status")).isEqualTo("completed");
        assertThat(json.getInteger("http_status")).isEqualTo(200);
        assertThat(json.getJsonArray("attempts")).hasSize(2);
        assertThat(json.getJsonArray("attempts").getJsonObject(0).getString("failure"))
                .isEqualTo("overloaded");
        assertThat(json.getJsonArray("attempts").getJsonObject(1).getString("outcome"))
                .isEqualTo("succeeded");
        assertThat(json.getJsonObject("answer").getString("body")).isEqualTo("{\"answer\":1}");
        assertThat(json.getJsonObject("answer").getString("content_type")).isEqualTo("application/json");
    }

    @Test
    void shouldTellOnceOfAnAttemptWhoseFactIsThereTwice() throws Exception {
        Request request = asked("a", "b");
        Fact.Attempted end = Facts.completed(request);
        ingress.history.known.put(request.id(), new Past(Fact.Subject.of(request), List.of(end, end), end));

        HttpResponse<String> page = get("/v1/requests/" + request.id());

        assertThat(new JsonObject(page.body()).getJsonArray("attempts")).hasSize(1);
    }

    @Test
    void shouldFindARequestByItsIdempotencyKey() throws Exception {
        Request request = asked("order 17/b", "b");
        running(request);

        HttpResponse<String> page = get("/v1/requests/order%2017%2Fb");

        assertThat(new JsonObject(page.body()).getString("id")).isEqualTo(request.id());
        assertThat(new JsonObject(page.body()).getString("status")).isEqualTo("in_progress");
    }

    @Test
    void shouldFindTheLatestRequestOfALabel() throws Exception {
        asked("a", "my-label");
        Request second = asked("b", "my-label");
        running(second);

        HttpResponse<String> page = get("/requests/my-label");

        assertThat(new JsonObject(page.body()).getString("id")).isEqualTo(second.id());
    }

    @Test
    void shouldGiveTheAnswerAsItWas() throws Exception {
        Request request = asked("a", "b");
        completed(request, "{\"answer\":1}");

        HttpResponse<String> answer = get("/v1/requests/a/answer");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"answer\":1}");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("x-request-id")).hasValue(request.id());
    }

    @Test
    void shouldHaveNoAnswerWhileTheRequestRuns() throws Exception {
        running(asked("a", "b"));

        HttpResponse<String> answer = get("/v1/requests/a/answer");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void shouldTellOfAFailureAndGiveItsErrorForAnAnswer() throws Exception {
        Request request = asked("a", "b");
        Fact end = Facts.ended(request, FailureKind.EXPIRED, 504);
        ingress.history.known.put(request.id(), new Past(Fact.Subject.of(request), List.of(), end));

        HttpResponse<String> page = get("/v1/requests/a");

        assertThat(new JsonObject(page.body()).getString("status")).isEqualTo("expired");
        assertThat(new JsonObject(page.body()).getString("failure")).isEqualTo("expired");
        assertThat(get("/v1/requests/a/answer").statusCode()).isEqualTo(504);
    }

    @Test
    void shouldSayThatTheAnswerIsGone() throws Exception {
        Request request = asked("a", "b");
        completed(request, "{\"answer\":1}");
        ingress.answers.frames.clear();

        HttpResponse<String> page = get("/v1/requests/a");

        assertThat(new JsonObject(page.body()).getJsonObject("answer").getBoolean("gone"))
                .isTrue();
        assertThat(get("/v1/requests/a/answer").statusCode()).isEqualTo(410);
    }

    @Test
    void shouldKnowNothingOfOtherNames() {
        HttpResponse<String> page = get("/v1/requests/nobody");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("request_not_found");
    }

    @Test
    void shouldSayItInAnthropicsWords() {
        HttpResponse<String> page =
                ingress.answer(ingress.request("/v1/requests/nobody").header("anthropic-version", "2023-06-01"));

        assertThat(page.body()).contains("\"type\":\"error\"").contains("not_found_error");
    }

    @Test
    void shouldNotShowAnotherOwnersRequest() throws Exception {
        Request request = asked("a", "b");
        completed(request, "{\"answer\":1}");
        ingress.authenticator = headers -> new Admission.Admitted(new Caller("team-b"));

        HttpResponse<String> page = get("/v1/requests/" + request.id());

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(get("/v1/requests/" + request.id() + "/answer").statusCode()).isEqualTo(404);
        assertThat(get("/v1/requests/a").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldShowAllToTheMasterKeyAndLessToOthers() throws Exception {
        ingress.authenticator = headers -> new Admission.Admitted(new Caller("team-b"));
        Request request = asked("a", "b");
        completed(request, "{\"answer\":1}");
        String own = get("/v1/requests/" + request.id()).body();
        ingress.authenticator = headers -> new Admission.Admitted(Caller.MASTER);

        String all = get("/v1/requests/" + request.id()).body();

        assertThat(own).doesNotContain("\"group\"").doesNotContain("claude-sonnet");
        assertThat(all).contains("\"group\":\"claude\"");
    }

    @Test
    void shouldNeedAKey() {
        HttpResponse<String> page =
                ingress.answer(ingress.request("/v1/requests/a").setHeader("authorization", "Bearer no"));

        assertThat(page.statusCode()).isEqualTo(401);
    }

    @Test
    void shouldNotSayThatANameIsUnknownWhereThatIsNotKnown() {
        ingress.names.forget();

        HttpResponse<String> page = get("/v1/requests/a");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void shouldSayWhenTooManyAreLookedUp() throws Exception {
        asked("a", "b");
        ingress.history.failure = new RequestHistory.Busy();

        HttpResponse<String> page = get("/v1/requests/a");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("searches_full");
    }

    @Test
    void shouldSayThatTheBrokerIsAway() throws Exception {
        asked("a", "b");
        ingress.history.failure = new IllegalStateException("away");

        assertThat(get("/v1/requests/a").statusCode()).isEqualTo(503);
    }
}
