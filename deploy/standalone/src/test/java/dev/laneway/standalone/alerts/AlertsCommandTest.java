package dev.laneway.standalone.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.standalone.client.AskedGateway;
import dev.laneway.standalone.client.AskedGateway.Ended;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code alerts} asks a gateway, and what it prints. */
class AlertsCommandTest {
    private static final JsonObject SILENCE = new JsonObject()
            .put("id", "silence_1")
            .put("state", "in_force")
            .put("kind", "spend")
            .putNull("subject")
            .put("from", "2026-11-30T22:00:00Z")
            .put("until", "2026-12-01T00:00:00Z")
            .put("by", "master for ann")
            .put("reason", "a load test");
    private static final String LINE = "silence_1  in_force  kind=spend  subject=-  from=2026-11-30T22:00:00Z"
            + "  until=2026-12-01T00:00:00Z  by=master for ann  reason=a load test\n";

    private AskedGateway gateway;

    @BeforeEach
    void listen() throws Exception {
        gateway = new AskedGateway(SILENCE);
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
    }

    private Ended alerts(String... arguments) {
        return gateway.run("alerts", arguments);
    }

    @Test
    void shouldMakeASilence() {
        Ended ended = alerts("silence", "--kind", "spend", "--for", "2h", "--reason", "a load test");

        assertThat(ended).isEqualTo(new Ended(0, LINE, ""));
        assertThat(gateway.asked)
                .containsExactly(
                        "POST /v1/alerts/silences {\"kind\":\"spend\",\"for\":\"2h\",\"reason\":\"a load test\"}");
    }

    @Test
    void shouldEndASilence() {
        Ended ended = alerts("end", "silence_1");

        assertThat(ended.out()).isEqualTo(LINE);
        assertThat(gateway.asked).containsExactly("DELETE /v1/alerts/silences/silence_1 ");
    }

    @Test
    void shouldListSilences() {
        gateway.answer(
                new JsonObject().put("data", new JsonArray().add(SILENCE)).put("has_more", false));

        Ended ended = alerts("silences", "--ended");

        assertThat(ended.out()).isEqualTo(LINE);
        assertThat(gateway.asked).containsExactly("GET /v1/alerts/silences?limit=500&ended=true ");
    }

    @Test
    void shouldListAlertsALineEach() {
        gateway.answer(new JsonObject()
                .put(
                        "data",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("raised_at", "2026-11-30T22:00:00Z")
                                        .put("kind", "budget")
                                        .put("subject", "team/red/monthly")
                                        .put("silenced", true)
                                        .put("silenced_by", "silence_1")
                                        .put("title", "Budget of team red: 80 %"))));

        Ended ended = alerts("list", "--kind", "budget");

        assertThat(ended.out())
                .isEqualTo(
                        "2026-11-30T22:00:00Z  budget  team/red/monthly  silenced by silence_1  Budget of team red: 80 %\n");
        assertThat(gateway.asked).containsExactly("GET /v1/alerts?limit=50&kind=budget ");
    }

    @Test
    void shouldSayInTheGatewaysWordsWhyNot() {
        gateway.answer(400, new JsonObject().put("error", new JsonObject().put("message", "until is missing")));

        Ended ended = alerts("silence", "--kind", "spend");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("until is missing");
    }
}
