package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Silences of alerts, as an admin makes and ends them. */
class SilencesTest extends AskedIngress {
    private static final String ALL = "/v1/alerts/silences";

    @Test
    void shouldMakeASilenceThatIsInForce() {
        JsonObject made = done(
                "POST",
                ALL,
                "{\"kind\": \"spend\", \"subject\": \"team/red\", \"for\": \"2h\", \"reason\": \"a load test\"}",
                201);

        assertThat(made.getString("state")).isEqualTo("in_force");
        assertThat(made.getString("by")).isEqualTo("master");
        assertThat(made.getString("reason")).isEqualTo("a load test");
        assertThat(Instant.parse(made.getString("until")))
                .isEqualTo(Instant.parse(made.getString("from")).plusSeconds(7_200));
        assertThat(ingress.directory.silence("spend", "team/red", System.currentTimeMillis()))
                .extracting(Control.Silence::id)
                .isEqualTo(made.getString("id"));
    }

    @Test
    void shouldEndASilence() {
        String id =
                done("POST", ALL, "{\"kind\": \"spend\", \"for\": \"2h\"}", 201).getString("id");

        JsonObject ended = done("DELETE", ALL + "/" + id, "", 200);

        assertThat(ended.getString("state")).isEqualTo("ended");
        assertThat(ingress.accounting.commands.getLast().action()).isEqualTo(Command.Action.DELETE);
        assertThat(ingress.directory.silence("spend", "all", System.currentTimeMillis()))
                .isNull();
        assertThat(send("DELETE", ALL + "/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldListWhatIsNotOver() {
        String over =
                done("POST", ALL, "{\"kind\": \"spend\", \"for\": \"2h\"}", 201).getString("id");
        done("DELETE", ALL + "/" + over, "", 200);
        String later = done(
                        "POST",
                        ALL,
                        "{\"subject\": \"*\", \"from\": \"" + Instant.now().plusSeconds(60) + "\", \"for\": \"1h\"}",
                        201)
                .getString("id");

        JsonObject listed = done("GET", ALL, "", 200);

        assertThat(listed.getJsonArray("data"))
                .extracting(each -> ((JsonObject) each).getString("id") + ((JsonObject) each).getString("state"))
                .containsExactly(later + "to_come");
        assertThat(done("GET", ALL + "?ended=true", "", 200).getInteger("total"))
                .isEqualTo(2);
        assertThat(done("GET", ALL + "/" + over, "", 200).getString("state")).isEqualTo("ended");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"for\": \"1h\"}",
                "{\"kind\": \"mood\", \"for\": \"1h\"}",
                "{\"kind\": \"spend\"}",
                "{\"kind\": \"spend\", \"for\": \"91d\"}",
                "{\"kind\": \"spend\", \"for\": \"1h\", \"until\": \"2999-01-01T00:00:00Z\"}",
                "{\"kind\": \"spend\", \"until\": \"2020-01-01T00:00:00Z\"}",
                "{\"kind\": \"spend\", \"from\": \"2999-01-01T00:00:00Z\", \"for\": \"1h\"}",
                "{\"kind\": \"spend\", \"for\": \"1h\", \"whom\": \"all\"}"
            })
    void shouldRefuseWhatSaysTooLittleOrTooMuch(String body) {
        assertThat(send("POST", ALL, body).statusCode()).isEqualTo(400);
        assertThat(ingress.directory.silences()).isEmpty();
    }

    @Test
    void shouldKeepNoMoreThanAThousandThatAreNotOver() {
        for (int i = 0; i < 1_000; i++) {
            ingress.directory.put(new Control.Silence(
                    1, "silence_" + i, "spend", null, 0, Long.MAX_VALUE, null, "master", false, null, 1));
        }

        assertThat(send("POST", ALL, "{\"kind\": \"spend\", \"for\": \"1h\"}").body())
                .contains("too_many_silences");
    }

    @Test
    void shouldLetNobodyButAnAdminKeepAlertsFromTheOperator() {
        knowTeamRed();

        HttpResponse<String> refused = ingress.answer(ingress.request(ALL)
                .setHeader("authorization", "Bearer " + TEAM_ADMIN)
                .POST(HttpRequest.BodyPublishers.ofString("{\"subject\": \"team/red\", \"for\": \"1h\"}")));
        HttpResponse<String> hidden =
                ingress.answer(ingress.request(ALL).setHeader("authorization", "Bearer " + TEAM_ADMIN));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(hidden.statusCode()).isEqualTo(403);
        assertThat(ingress.directory.silences()).isEmpty();
    }
}
