package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.ledger.LedgerFilter;
import dev.laneway.runtime.ledger.LedgerQueries;
import dev.laneway.runtime.ledger.Sight;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was spent, as callers may see it; the ledger is played. */
class SpendTest extends AskedIngress {
    @BeforeEach
    void keys() {
        knowTeamRed();
    }

    @Test
    void shouldTellCostsByModelWithoutAnExponent() {
        HttpResponse<String> cost = get(TestIngress.KEY, "/cost");

        JsonObject json = new JsonObject(cost.body());
        assertThat(cost.body()).contains("\"total_cost\":0.00000003,");
        assertThat(json.getInteger("requests")).isEqualTo(3);
        assertThat(json.getInteger("tokens")).isEqualTo(15);
        assertThat(json.getJsonObject("by_model").fieldNames()).containsExactly("gpt");
        assertThat(json.getJsonObject("by_model").getJsonObject("gpt").getInteger("requests"))
                .isEqualTo(2);
    }

    @Test
    void shouldTellTheAverageOfEachModel() {
        HttpResponse<String> cost = get(TestIngress.KEY, "/cost/by_model");

        JsonObject model = new JsonObject(cost.body()).getJsonObject("gpt");
        assertThat(model.getDouble("avg_cost_per_request")).isEqualTo(0.000000015);
        assertThat(model.getDouble("total_cost")).isEqualTo(0.00000003);
    }

    @Test
    void shouldWriteCsvThatNoSpreadsheetRuns() {
        HttpResponse<String> cost = get(TestIngress.KEY, "/cost?group_by=lane&format=csv");

        assertThat(cost.headers().firstValue("content-type")).contains("text/csv; charset=utf-8");
        assertThat(cost.body().lines()).first().asString().startsWith("lane,total_cost,requests,tokens");
        assertThat(cost.body().lines()).last().asString().startsWith("'=lane,0.00000003,2,15,10,5");
    }

    @Test
    void shouldAskForWhatTheParametersSay() {
        get(
                TestIngress.KEY,
                "/cost?api_key=" + MEMBER
                        + "&team=red&user=ann&route=smart&model=gpt&lane=coding&tag=nightly&day=2025-10-09");

        assertThat(ingress.ledger.filters)
                .containsExactly(new LedgerFilter(
                        new Sight.All(),
                        "key_member",
                        "red",
                        "ann",
                        "smart",
                        "gpt",
                        "coding",
                        "nightly",
                        1_759_968_000_000L,
                        1_760_054_400_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {MEMBER, "HASH", "key_member"})
    void shouldKnowAKeyByItsSecretItsHashAndItsId(String named) {
        get(TestIngress.KEY, "/cost?api_key=" + named.replace("HASH", FileKey.digest(MEMBER)));

        assertThat(ingress.ledger.filters)
                .first()
                .extracting(LedgerFilter::owner)
                .isEqualTo("key_member");
    }

    @Test
    void shouldShowAKeyItsOwn() {
        HttpResponse<String> others = get(MEMBER, "/cost?api_key=key_admin");
        get(MEMBER, "/cost");

        assertThat(others.statusCode()).isEqualTo(403);
        assertThat(ingress.ledger.filters).containsExactly(LedgerFilter.of(new Sight.Own("key_member")));
    }

    @Test
    void shouldShowATeamsAdminItsTeams() {
        get(TEAM_ADMIN, "/spend/logs");

        assertThat(ingress.ledger.filters).containsExactly(LedgerFilter.of(new Sight.OfTeam("red", "key_admin")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/cost", "/cost/by_model", "/spend/logs", "/spend/keys", "/spend/tags", "/v1/spend/requests"})
    void shouldTellNothingWithoutAKey(String path) {
        HttpResponse<String> refused = get("sk-wrong", path);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(ingress.ledger.filters).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cost?day=yesterday",
                "/cost?group_by=mood",
                "/v1/spend/requests?limit=none",
                "/cost?api_key=sk-nobody",
                "/cost?format=xml",
                "/cost?team=%00",
                "/v1/spend/requests?tag=a%0Ab",
                "/cost?from=2026-11-30&to=2026-11-01",
                "/spend/logs?cursor=x",
                "/spend/logs?summarize=true"
            })
    void shouldRefuseWhatSaysNothing(String path) {
        assertThat(get(TestIngress.KEY, path).statusCode()).isEqualTo(400);
    }

    /** Whoever asks for a part must not be shown all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cost?teem=red",
                "/cost?provider=openai",
                "/cost/by_model?group_by=key",
                "/v1/spend/requests?format=csv",
                "/spend/logs?customer_id=ann",
                "/spend/tags?limit=3",
                "/global/spend/report?organization_id=1"
            })
    void shouldRefuseAParameterThatItDoesNotKeepTo(String path) {
        HttpResponse<String> refused = get(TestIngress.KEY, path);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("code"))
                .isEqualTo("unsupported_parameter");
        assertThat(ingress.ledger.filters).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cost?team=red&team=blue",
                "/cost?team=red&team_id=blue",
                "/cost?day=2026-11-30&from=2026-11-01",
            })
    void shouldRefuseWhatSaysTwoThings(String path) {
        assertThat(get(TestIngress.KEY, path).statusCode()).isEqualTo(400);
        assertThat(ingress.ledger.filters).isEmpty();
    }

    @Test
    void shouldPassOverAParameterThatSaysNothing() {
        assertThat(get(TestIngress.KEY, "/cost?colour=&summarize=false&team=").statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldListAsManyKeysAsAreAskedFor() {
        HttpResponse<String> keys = get(TestIngress.KEY, "/spend/keys?limit=1");

        assertThat(new JsonArray(keys.body())).hasSize(1);
    }

    @Test
    void shouldSayWhenToAskAgainWhileTheDatabaseIsAway() {
        ingress.ledger.away = true;

        HttpResponse<String> refused = get(TestIngress.KEY, "/cost");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("2");
        assertThat(refused.body()).contains("ledger_unavailable");
    }

    @Test
    void shouldLogRequestsAsLiteLlmDoes() {
        JsonObject log = new JsonArray(get(TestIngress.KEY, "/spend/logs?request_id=" + FakeLedger.REQUEST)
                        .body())
                .getJsonObject(0);

        assertThat(log.getString("request_id")).isEqualTo(FakeLedger.REQUEST);
        assertThat(log.getString("model")).isEqualTo("gpt-4o");
        assertThat(log.getString("startTime")).isEqualTo("2025-10-09T08:53:20Z");
        assertThat(log.getString("endTime")).isEqualTo("2025-10-09T08:53:21Z");
        assertThat(log.getInteger("total_tokens")).isEqualTo(15);
        assertThat(log.getDouble("spend")).isEqualTo(0.00000003);
    }

    @Test
    void shouldShowEveryAttemptOfARequest() {
        JsonObject request = new JsonObject(
                get(TestIngress.KEY, "/v1/spend/requests/" + FakeLedger.REQUEST).body());

        assertThat(request.getJsonArray("attempts"))
                .extracting(
                        attempt -> ((JsonObject) attempt).getString("failure"),
                        attempt -> ((JsonObject) attempt).getBoolean("answered"),
                        attempt -> ((JsonObject) attempt).getString("price"))
                .containsExactly(
                        tuple("overloaded", false, "openai/gpt-4o@2024-10-02"),
                        tuple(null, true, "openai/gpt-4o@2024-10-02"));
    }

    @Test
    void shouldTellWhatAnAttemptUsedAndWhatWasAskedForWhat() {
        JsonObject request = new JsonObject(
                get(TestIngress.KEY, "/v1/spend/requests/" + FakeLedger.REQUEST).body());

        JsonObject attempt = request.getJsonArray("attempts").getJsonObject(1);
        assertThat(attempt.getJsonObject("usage"))
                .isEqualTo(new JsonObject()
                        .put("input_tokens", 10)
                        .put("output_tokens", 5)
                        .put("cached_input_tokens", 4)
                        .put("cache_write_tokens", 3)
                        .put("cache_write_hour_tokens", 2)
                        .put("reasoning_tokens", 1)
                        .put("audio_input_tokens", 6)
                        .put("cached_audio_tokens", 0)
                        .put("audio_output_tokens", 0)
                        .put("image_output_tokens", 0)
                        .put("hosted_tools", new JsonObject().put("web_search", 2))
                        .put("service_tier", "priority"));
        assertThat(attempt.getJsonObject("cost_parts"))
                .isEqualTo(new JsonObject().put("output", 0.00000001).put("web_search", 0.00000002));
    }

    @Test
    void shouldTellWhyEachAttemptWasMade() {
        JsonObject request = new JsonObject(
                get(TestIngress.KEY, "/v1/spend/requests/" + FakeLedger.REQUEST).body());

        assertThat(request.getJsonArray("attempts"))
                .extracting(
                        attempt -> ((JsonObject) attempt).getString("reason"),
                        attempt -> ((JsonObject) attempt).getString("after"))
                .containsExactly(tuple("first", null), tuple("fallback", "overloaded"));
    }

    @Test
    void shouldTellWhatWasUsedBesideTokens() {
        HttpResponse<String> json = get(TestIngress.KEY, "/cost");
        HttpResponse<String> csv = get(TestIngress.KEY, "/cost?format=csv");

        JsonObject cost = new JsonObject(json.body());
        assertThat(cost.getInteger("web_searches")).isEqualTo(4);
        assertThat(cost.getInteger("priority_attempts")).isEqualTo(2);
        assertThat(csv.body().lines()).first().asString().endsWith(",flex_attempts,priority_attempts");
        assertThat(csv.body().lines()).last().asString().endsWith(",4,0,0,0,0,0,2");
    }

    @Test
    void shouldSayThatThereIsNoMoreOnTheLastPage() {
        JsonObject page = new JsonObject(
                get(TestIngress.KEY, "/v1/spend/requests?limit=1").body());

        assertThat(page.getBoolean("has_more")).isFalse();
        assertThat(page.getValue("next_cursor")).isNull();
        assertThat(page.getJsonArray("data")).hasSize(1);
    }

    @Test
    void shouldPageByTheLastId() {
        ingress.ledger.held = 2;

        JsonObject page = new JsonObject(
                get(TestIngress.KEY, "/v1/spend/requests?limit=1").body());

        assertThat(page.getBoolean("has_more")).isTrue();
        assertThat(page.getString("next_cursor")).isEqualTo(FakeLedger.REQUEST);
        assertThat(get(TestIngress.KEY, "/v1/spend/requests?cursor=" + page.getString("next_cursor"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"req_none", "a%00"})
    void shouldNotFindWhatIsNotThere(String id) {
        assertThat(get(TestIngress.KEY, "/v1/spend/requests/" + id).statusCode())
                .isEqualTo(404);
        assertThat(ingress.ledger.filters).isEmpty();
    }

    @Test
    void shouldSayByItsNameWhichTimeIsWrong() {
        HttpResponse<String> refused = get(TestIngress.KEY, "/cost?end_date=soon");

        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("param"))
                .isEqualTo("end_date");
    }

    @Test
    void shouldSumUpNoMoreNamesThanAnAnswerHolds() {
        ingress.ledger.names = LedgerQueries.MOST_NAMES + 1;

        HttpResponse<String> refused = get(TestIngress.KEY, "/cost?group_by=user");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("too_many_groups");
    }
}
