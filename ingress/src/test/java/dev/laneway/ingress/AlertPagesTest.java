package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.ingress.auth.Admission;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.runtime.alerts.AlertEntry;
import dev.laneway.runtime.alerts.AlertLog;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertPagesTest {
    private static final Instant AT = Instant.parse("2026-11-17T10:00:00Z");

    private final TestIngress ingress = TestIngress.start();
    private final List<AlertLog.Question> asked = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        ingress.close();
    }

    private void raised(int count) {
        ingress.alerts = question -> {
            asked.add(question);
            List<AlertEntry> found = new ArrayList<>();
            for (int i = 0; i < Math.min(count, question.limit()); i++) {
                found.add(alert("alert_" + i));
            }
            return Future.succeededFuture(found);
        };
    }

    private static AlertEntry alert(String id) {
        return new AlertEntry(
                id,
                "budget",
                "budget",
                "team/red/monthly",
                80,
                AT,
                "Budget of team red: 80 %",
                "team red spent",
                "{\"spent_usd\": 170.500000000001}",
                true,
                "silence_1",
                AT,
                List.of(new AlertEntry.Delivery("ops", "due", 2, AT, null, 500, "refused")));
    }

    private HttpResponse<String> list(String query) {
        return ingress.answer(ingress.request("/v1/alerts" + query));
    }

    @Test
    void shouldListWhatWasRaisedAndWhoWasTold() {
        raised(1);

        HttpResponse<String> listed = list("");

        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.body()).contains("\"spent_usd\": 170.500000000001");
        JsonObject alert = new JsonObject(listed.body()).getJsonArray("data").getJsonObject(0);
        assertThat(alert.getString("id")).isEqualTo("alert_0");
        assertThat(alert.getInteger("level")).isEqualTo(80);
        assertThat(alert.getString("silenced_by")).isEqualTo("silence_1");
        assertThat(alert.getJsonArray("deliveries").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("channel", "ops")
                        .put("state", "due")
                        .put("attempts", 2)
                        .put("next_at", "2026-11-17T10:00:00Z")
                        .putNull("ended_at")
                        .put("status", 500)
                        .put("failure", "refused"));
        assertThat(new JsonObject(listed.body()).getBoolean("has_more")).isFalse();
    }

    @Test
    void shouldAskForWhatIsAskedFor() {
        raised(5);

        HttpResponse<String> listed =
                list("?kind=budget&subject=team/red/monthly&since=2026-11-17T10:00:00Z&before=alert_9&limit=2");

        assertThat(asked)
                .containsExactly(new AlertLog.Question("budget", "team/red/monthly", AT.toEpochMilli(), "alert_9", 3));
        assertThat(new JsonObject(listed.body()).getJsonArray("data")).hasSize(2);
        assertThat(new JsonObject(listed.body()).getBoolean("has_more")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?kind=budgett", "?since=yesterday", "?limit=0", "?limit=many", "?kinds=budget"})
    void shouldRefuseWhatCanNotBeMeant(String query) {
        raised(1);

        assertThat(list(query).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldBeForAdminsAlone() {
        raised(1);
        ingress.authenticator = headers -> new Admission.Admitted(new Caller("ada"));

        assertThat(list("").statusCode()).isEqualTo(403);
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldSayThatTheDatabaseIsAway() {
        assertThat(list("").statusCode()).isEqualTo(503);
    }
}
