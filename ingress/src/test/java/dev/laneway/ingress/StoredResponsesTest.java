package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Role;
import dev.laneway.ingress.FakeOutbox.Published;
import dev.laneway.ingress.auth.Admission;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.requests.Past;
import dev.laneway.ingress.requests.RequestBodies;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Responses that a client refers to, asks for, and deletes. */
class StoredResponsesTest {
    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    private Published publish(String body) throws Exception {
        ingress.send(ingress.post("/v1/responses", body.replace('\'', '"')));
        return ingress.outbox.next();
    }

    /** A request, answered with one message. @return the id of its response */
    private String answered(String fields) throws Exception {
        Published asked = publish("{'model':'smart','input':'one'" + fields + "}");
        return answered(asked, asked.request());
    }

    private String answered(Published asked, Request request) {
        String base = request.id().substring("req_".length());
        Fact.Attempted end = Facts.completed(request);
        ingress.history.known.put(request.id(), new Past(Fact.Subject.of(request), List.of(end), end));
        ingress.bodies.sent.put(request.id(), new RequestBodies.Sent(request, asked.body()));
        String response = ("{'id':'resp_" + base + "','object':'response','status':'completed','output':[{'id':'msg_"
                        + base
                        + "_0','type':'message','role':'assistant','content':[{'type':'output_text','text':'two'}]}]}")
                .replace('\'', '"');
        ingress.answers.frames.put(
                request.id(),
                request.stream()
                        ? List.of(
                                "event: response.created\ndata: {\"type\":\"response.created\"}\n\n",
                                "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":"
                                        + response + "}\n\n")
                        : List.of(response));
        return "resp_" + base;
    }

    private HttpResponse<String> get(String path) {
        return ingress.answer(ingress.request(path));
    }

    private HttpResponse<String> delete(String id) {
        return ingress.answer(ingress.request("/v1/responses/" + id).DELETE());
    }

    private static JsonArray input(Published published) {
        return new JsonObject(new String(published.body(), StandardCharsets.UTF_8)).getJsonArray("input");
    }

    @Test
    void shouldPublishAWholeBodyAsItCame() throws Exception {
        String body = "{\"model\":\"smart\",\"input\":\"one\",\"store\":false,\"unheard_of\":[1]}";

        Published published = publish(body);

        assertThat(new String(published.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(published.request().dialect()).isEqualTo(Dialect.OPENAI_RESPONSES);
    }

    @Test
    void shouldPutInWhatWasSaidBefore() throws Exception {
        String before = answered("");

        Published second = publish("{'model':'smart','previous_response_id':'" + before + "','input':'three'}");

        assertThat(input(second).stream()
                        .map(item -> ((JsonObject) item)
                                .getJsonArray("content")
                                .getJsonObject(0)
                                .getString("text")))
                .containsExactly("one", "two", "three");
    }

    @Test
    void shouldGoOnFromAStreamedOneThatWentOnItself() throws Exception {
        String first = answered(",'stream':true");
        Published second = publish("{'model':'smart','previous_response_id':'" + first + "','input':'three'}");

        Published third = publish(
                "{'model':'smart','input':'five','previous_response_id':'" + answered(second, second.request()) + "'}");

        assertThat(input(third)).hasSize(5);
    }

    @Test
    void shouldPutInAnItemThatIsReferredTo() throws Exception {
        String before = answered("");
        String item = "msg_" + before.substring("resp_".length()) + "_0";

        Published second =
                publish("{'model':'smart','input':[{'role':'user','content':'one'},{'type':'item_reference','id':'"
                        + item + "'},{'role':'user','content':'three'}]}");

        assertThat(input(second).getJsonObject(1).getString("id")).isEqualTo(item);
        assertThat(input(second).getJsonObject(1).getString("role")).isEqualTo("assistant");
        assertThat(input(second)).hasSize(3);
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        for (String body : List.of(
                "{'model':'smart','input':'x','previous_response_id':'resp_01234567890123456789012345'}",
                "{'model':'smart','input':'x','previous_response_id':'chatcmpl-1'}",
                "{'model':'smart','input':[{'type':'item_reference','id':'msg_01234567890123456789012345_0'}]}",
                "{'model':'smart','input':[{'type':'item_reference','id':'x'}]}")) {
            HttpResponse<String> refused = ingress.answer(ingress.post("/v1/responses", body.replace('\'', '"')));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("message"))
                    .contains("not found");
        }
    }

    @Test
    void shouldRefuseWorkInTheBackground() {
        HttpResponse<String> refused = ingress.answer(
                ingress.post("/v1/responses", "{\"model\":\"smart\",\"input\":\"x\",\"background\":true}"));

        JsonObject error = new JsonObject(refused.body()).getJsonObject("error");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error.getString("code")).isEqualTo("unsupported_parameter");
        assertThat(error.getString("param")).isEqualTo("background");
    }

    @Test
    void shouldShowAResponse() throws Exception {
        String id = answered(",'stream':true");

        HttpResponse<String> shown = get("/v1/responses/" + id);

        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(shown.body()).getString("id")).isEqualTo(id);
        assertThat(new JsonObject(shown.body()).getJsonArray("output")).hasSize(1);
    }

    @Test
    void shouldListWhatWentIn() throws Exception {
        String before = answered("");
        Published second = publish("{'model':'smart','previous_response_id':'" + before + "','input':'three'}");
        String id = answered(second, second.request());

        JsonObject page = new JsonObject(
                get("/v1/responses/" + id + "/input_items?limit=2").body());
        JsonObject rest = new JsonObject(get("/responses/" + id + "/input_items?after=" + page.getString("last_id"))
                .body());

        assertThat(page.getJsonArray("data")).hasSize(2);
        assertThat(page.getBoolean("has_more")).isTrue();
        assertThat(rest.getJsonArray("data")).hasSize(1);
        assertThat(rest.getBoolean("has_more")).isFalse();
        assertThat(rest.getJsonArray("data").getJsonObject(0).encode()).contains("one");
    }

    @Test
    void shouldForgetADeletedResponseAtOnce() throws Exception {
        String id = answered("");

        HttpResponse<String> deleted = delete(id);

        assertThat(new JsonObject(deleted.body()).getBoolean("deleted")).isTrue();
        assertThat(get("/v1/responses/" + id).statusCode()).isEqualTo(404);
        assertThat(delete(id).statusCode()).isEqualTo(404);
        assertThat(ingress.outbox.marks)
                .as("what the mark can be made from again")
                .hasSize(1);
    }

    @Test
    void shouldDeleteNothingForAKeyThatOnlyReads() throws Exception {
        String id = answered("");
        ingress.authenticator =
                headers -> new Admission.Admitted(new Caller(Caller.MASTER.owner(), null, null, Role.READ_ONLY));

        HttpResponse<String> refused = delete(id);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(get("/v1/responses/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldShowADeletedAnswerNowhere() throws Exception {
        String id = answered("");
        String page = "/v1/requests/req_" + id.substring("resp_".length());
        assertThat(get(page + "/answer").statusCode()).as("before").isEqualTo(200);

        delete(id);

        assertThat(get(page + "/answer").statusCode()).isEqualTo(404);
        assertThat(get(page).body()).contains("\"gone\":true").doesNotContain("two");
    }

    @Test
    void shouldNotGiveADeletedAnswerToARepeatOfItsCall() throws Exception {
        String body = "{\"model\":\"smart\",\"input\":\"one\"}";
        ingress.send(ingress.post("/v1/responses", body).header("idempotency-key", "k"));
        Published asked = ingress.outbox.next();
        String id = answered(asked, asked.request());
        TestIngress.await(ingress.names.write(Facts.completed(asked.request()), Duration.ofHours(1)));

        delete(id);

        HttpResponse<String> repeat =
                ingress.answer(ingress.post("/v1/responses", body).header("idempotency-key", "k"));
        assertThat(repeat.statusCode()).isEqualTo(410);
    }

    @Test
    void shouldNotSayThatItIsDeletedBeforeTheBrokerKnows() throws Exception {
        String id = answered("");
        ingress.outbox.available = false;

        assertThat(delete(id).statusCode()).isEqualTo(503);
    }

    @Test
    void shouldNotKeepWhatItsClientDidNotWantStored() throws Exception {
        String id = answered(",'store':false");

        HttpResponse<String> shown = get("/v1/responses/" + id);

        assertThat(shown.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(shown.body()).getJsonObject("error").getString("message"))
                .isEqualTo("Response with id '" + id + "' not found.");
    }

    @Test
    void shouldNotTakeWhatWasSaidLocallyToARouteThatMayLeave() throws Exception {
        Published asked = publish("{'model':'secure','input':'one'}");
        String id = answered(asked, asked.request());
        String goesOn = "{\"input\":\"x\",\"previous_response_id\":\"" + id + "\",\"model\":";

        HttpResponse<String> refused = ingress.answer(ingress.post("/v1/responses", goesOn + "\"smart\"}"));
        ingress.send(ingress.post("/v1/responses", goesOn + "\"secure\"}"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("code"))
                .isEqualTo("zone_refused");
        assertThat(ingress.outbox.next().request().route()).isEqualTo("secure");
    }

    @Test
    void shouldShowNobodyElsesResponse() throws Exception {
        String id = answered("");
        ingress.authenticator = headers -> new Admission.Admitted(new Caller("another"));

        assertThat(get("/v1/responses/" + id).statusCode()).isEqualTo(404);
    }
}
