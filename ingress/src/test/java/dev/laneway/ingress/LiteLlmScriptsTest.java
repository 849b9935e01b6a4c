package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.CommandRefusal;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.FileKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts that were written for LiteLLM send beside keys, and read. */
class LiteLlmScriptsTest extends AskedIngress {
    private JsonObject done(String path, String body) {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private JsonObject get(String path) {
        return new JsonObject(ingress.answer(ingress.request(path)).body());
    }

    private JsonArray rows(String path) {
        return new JsonArray(ingress.answer(ingress.request(path)).body());
    }

    private Terms terms(JsonObject key) {
        return ingress.directory.key(key.getString("key_id")).terms();
    }

    @Test
    void shouldTakeANumberInATextForExactlyWhatItsDigitsSay() {
        JsonObject made = done(
                "/key/generate",
                "{\"max_budget\": \"0.100000000001\", \"rpm_limit\": \" 60 \", \"tpm_limit\": \"1e3\"}");

        assertThat(terms(made).budgets())
                .containsExactly(Budget.of(Money.ofDollars("0.100000000001"), BudgetPeriod.TOTAL));
        assertThat(terms(made).limits().requestsPerMinute()).isEqualTo(60);
        assertThat(terms(made).limits().tokensPerMinute()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_budget | \"ten\"",
                "max_budget | \"\"",
                "max_budget | \"NaN\"",
                "max_budget | \"Infinity\"",
                "max_budget | \"0x10\"",
                "max_budget | \"1,5\"",
                "max_budget | \"1e999999999\"",
                "max_budget | \"-1\"",
                "max_budget | true",
                "rpm_limit | \"1.5\"",
                "rpm_limit | \"0\"",
            })
    void shouldTakeNoTextThatIsNoNumber(String field, String value) {
        HttpResponse<String> refused = post("/key/generate", "{\"" + field + "\": " + value + "}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/key/generate", "/team/new"})
    void shouldHoldToSeveralBudgetsAtOnce(String path) {
        JsonObject made = done(
                path,
                "{\"max_budget\": 500, \"budget_limits\": [{\"budget_duration\": \"24h\", \"max_budget\": \"10.5\"},"
                        + " {\"budget_duration\": \"30d\", \"max_budget\": 100, \"reset_at\": \"2026-12-01T00:00:00Z\"}]}");

        Control.Entity entity = ingress.accounting.commands.getFirst().entity();
        assertThat(entity.terms().budgets())
                .containsExactly(
                        Budget.of(Money.ofDollars("500"), BudgetPeriod.TOTAL),
                        new Budget("limit-24h", Money.ofDollars("10.5"), BudgetPeriod.of("24h"), null, List.of()),
                        new Budget("limit-1mo", Money.ofDollars("100"), BudgetPeriod.of("1mo"), null, List.of()));
        assertThat(made.getInteger("max_budget")).isEqualTo(500);
        JsonObject shown = made.getJsonArray("budget_limits").getJsonObject(1);
        assertThat(shown.getString("budget_duration")).isEqualTo("30d");
        assertThat(shown.getString("reset_at")).endsWith("-01T00:00:00Z");
    }

    @Test
    void shouldTakeNoneOfSeveralBudgetsForTheOneOfMaxBudget() {
        JsonObject made =
                done("/key/generate", "{\"budget_limits\": [{\"budget_duration\": \"1d\", \"max_budget\": 10}]}");

        JsonObject changed = done("/key/update", "{\"key\": \"" + made.getString("token") + "\", \"max_budget\": 50}");

        assertThat(made.getValue("max_budget")).isNull();
        assertThat(changed.getInteger("max_budget")).isEqualTo(50);
        assertThat(changed.getJsonArray("budget_limits").size()).isEqualTo(1);
    }

    @Test
    void shouldKeepWhatABudgetIsBesideItsLimit() {
        String id = new JsonObject(post(
                                "/v1/keys",
                                "{\"terms\": {\"budgets\": [{\"limit\": 9}, {\"name\": \"daily\", \"limit\": 1, \"period\": \"1d\","
                                        + " \"time_zone\": \"Europe/Berlin\", \"thresholds\": [80]}]}}")
                        .body())
                .getString("id");

        done(
                "/key/update",
                "{\"key\": \"" + id + "\", \"budget_limits\": [{\"budget_duration\": \"1d\", \"max_budget\": 2}]}");

        assertThat(ingress.directory.key(id).terms().budgets())
                .contains(
                        new Budget("daily", Money.ofDollars("2"), BudgetPeriod.of("1d"), "Europe/Berlin", List.of(80)));
    }

    @Test
    void shouldTakeSeveralBudgetsBack() {
        JsonObject made = done(
                "/key/generate",
                "{\"max_budget\": 5, \"budget_limits\": [{\"budget_duration\": \"1d\", \"max_budget\": 1}]}");

        JsonObject changed =
                done("/key/update", "{\"key\": \"" + made.getString("token") + "\", \"budget_limits\": []}");

        assertThat(changed.getValue("budget_limits")).isNull();
        assertThat(terms(made).budgets()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "budget_limits[0].budget_duration | [{\"max_budget\": 1}]",
                "budget_limits[0].max_budget | [{\"budget_duration\": \"1d\"}]",
                "budget_limits[0].budget_duration | [{\"budget_duration\": \"soon\", \"max_budget\": 1}]",
                "budget_limits[1].budget_duration | [{\"budget_duration\": \"30d\", \"max_budget\": 1}, {\"budget_duration\": \"1mo\", \"max_budget\": 2}]",
                "budget_limits[0].colour | [{\"budget_duration\": \"1d\", \"max_budget\": 1, \"colour\": \"red\"}]",
            })
    void shouldSayWhichOfSeveralBudgetsIsWrong(String field, String limits) {
        HttpResponse<String> refused = post("/key/generate", "{\"budget_limits\": " + limits + "}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo(field);
    }

    @Test
    void shouldSayWhatEachOfSeveralBudgetsHasSpent() {
        JsonObject made =
                done("/key/generate", "{\"budget_limits\": [{\"budget_duration\": \"24h\", \"max_budget\": 10}]}");
        ingress.ledger.spends = scope -> Future.succeededFuture(Map.of(made.getString("key_id"), Money.ofDollars("4")));

        JsonObject info = get("/key/info?key=" + made.getString("token")).getJsonObject("info");

        assertThat(info.getJsonObject("budget_limits_usage").getJsonObject("24h"))
                .isEqualTo(new JsonObject().put("current_spend", 2));
        assertThat(info.getInteger("spend")).isEqualTo(4);
    }

    @Test
    void shouldChangeManyKeysEachForItself() {
        JsonObject one = done("/key/generate", "{\"key_alias\": \"one\"}");
        JsonObject two = done("/key/generate", "{\"key_alias\": \"two\"}");

        JsonObject answer = done(
                "/key/bulk_update",
                "{\"keys\": [{\"key\": \"" + one.getString("token") + "\", \"max_budget\": \"5\", \"tags\": [\"a\"]},"
                        + " {\"key\": \"sk-nobody-0123456789\", \"max_budget\": 5},"
                        + " {\"key\": \"" + two.getString("token") + "\", \"guardrails\": [\"x\"]},"
                        + " {\"key\": \"" + two.getString("token") + "\", \"max_budget\": 6}]}");

        assertThat(answer.getInteger("total_requested")).isEqualTo(4);
        JsonArray done = answer.getJsonArray("successful_updates");
        assertThat(done.getJsonObject(0).getJsonObject("key_info").getInteger("max_budget"))
                .isEqualTo(5);
        assertThat(done.getJsonObject(1).getString("key")).isEqualTo(two.getString("token"));
        JsonArray failed = answer.getJsonArray("failed_updates");
        assertThat(failed.getJsonObject(0).getString("failed_reason")).contains("not known");
        assertThat(failed.getJsonObject(1).getString("failed_reason")).contains("guardrails");
    }

    @Test
    void shouldTryNoMoreKeysOnceNothingCanBeChanged() {
        String token = done("/key/generate", "{}").getString("token");
        ingress.accounting.refuses = CommandRefusal.Reason.DATABASE_AWAY;

        JsonObject answer = done(
                "/key/bulk_update",
                "{\"keys\": [{\"key\": \"" + token + "\", \"max_budget\": 1}, {\"key\": \"" + token
                        + "\", \"max_budget\": 2}]}");

        assertThat(answer.getJsonArray("failed_updates").size()).isEqualTo(2);
        assertThat(ingress.accounting.commands).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"keys\": []}",
                "{\"keys\": [{}]}",
                "{\"keys\": [7]}",
                "{\"keys\": [{\"key\": \"a\"}], \"all\": true}"
            })
    void shouldChangeNoKeysThatAreNotSaid(String body) {
        assertThat(post("/key/bulk_update", body).statusCode()).isEqualTo(400);
        assertThat(ingress.accounting.commands).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({MEMBER + ", 403", TEAM_ADMIN + ", 200"})
    void shouldChangeManyKeysForAdminsAlone(String key, int status) {
        knowTeamRed();

        HttpResponse<String> answer = ingress.answer(
                ingress.post("/key/bulk_update", "{\"keys\": [{\"key\": \"key_member\", \"max_budget\": 5}]}")
                        .setHeader("authorization", "Bearer " + key));

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({MEMBER + ", 200", "sk-wrong-0123456789abc, 401"})
    void shouldSayThatAKeyIsWell(String key, int status) {
        knowTeamRed();

        HttpResponse<String> health =
                ingress.answer(ingress.post("/key/health", "").setHeader("authorization", "Bearer " + key));

        assertThat(health.statusCode()).isEqualTo(status);
        assertThat(health.body()).contains(status == 200 ? "\"key\":\"healthy\"" : "invalid_api_key");
    }

    @Test
    void shouldShowEachRouteAsAGroupOfModels() {
        knowTeamRed();

        JsonArray all = get("/model_group/info").getJsonArray("data");
        JsonObject one =
                get("/model_group/info?model_group=smart").getJsonArray("data").getJsonObject(0);
        JsonObject ofMember = new JsonObject(ingress.answer(ingress.request("/model_group/info?model_group=smart")
                                .setHeader("authorization", "Bearer " + MEMBER))
                        .body())
                .getJsonArray("data")
                .getJsonObject(0);

        assertThat(all.size()).isGreaterThan(1);
        assertThat(one.getString("model_group")).isEqualTo("smart");
        assertThat(one.getJsonArray("providers")).isNotEmpty();
        assertThat(one.fieldNames()).contains("max_input_tokens", "input_cost_per_token", "supports_function_calling");
        assertThat(ofMember.getJsonArray("providers")).isEmpty();
    }

    @Test
    void shouldSumUpWhatAllSpentBesideTheBudgetOfAll() {
        ingress.accounting.put(new Control.Purse(
                1,
                Scope.GLOBAL,
                Scope.ALL,
                Terms.budgeted(Budget.of(Money.ofDollars("9"), BudgetPeriod.of("1d"))),
                false,
                null));

        JsonObject total = get("/global/spend");

        assertThat(total.getDouble("spend")).isEqualTo(0.00000003);
        assertThat(total.getInteger("max_budget")).isEqualTo(9);
        assertThat(ingress.ledger.filters.getFirst().from() % 86_400_000).isZero();
        assertThat(ingress.ledger.filters.getFirst().from()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/global/spend/logs | \"date\":\"=day\",\"spend\":0.00000003",
                "/global/spend/keys?limit=1 | [{\"api_key\":\"=key\"",
                "/global/spend/models | \"model\":\"=vendor_model\",\"total_spend\":0.00000003",
                "/global/spend/provider | \"provider\":\"=provider\",\"spend\":0.00000003",
                "/global/spend/tags?tags==tag | {\"spend_per_tag\":[{\"name\":\"=tag\",\"spend\":0.00000003,\"log_count\":2}]}",
                "/global/spend/tags?tags=other | {\"spend_per_tag\":[]}",
                "/global/spend/all_tag_names | \"=tag\"",
                "/spend/users | \"user_id\":\"=user\"",
            })
    void shouldSumUpAsScriptsReadIt(String path, String part) {
        HttpResponse<String> answer = ingress.answer(ingress.request(path));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains(part);
    }

    @Test
    void shouldReportByDayAndTeam() {
        knowTeamRed();

        JsonArray days = rows("/global/spend/report?start_date=2025-10-09&end_date=2025-10-10&group_by=team");

        JsonObject first = days.getJsonObject(0);
        assertThat(first.getString("group_by_day")).isEqualTo("2025-10-09T00:00:00+00:00");
        JsonObject reds = first.getJsonArray("teams").getJsonObject(0);
        assertThat(reds.getString("team_name")).isEqualTo("Reds");
        assertThat(reds.getDouble("total_spend")).isEqualTo(0.75);
        assertThat(reds.getJsonArray("metadata").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("model", "gpt-x")
                        .put("spend", 0.5)
                        .put("total_tokens", 15)
                        .put("api_key", FileKey.digest(MEMBER)));
        assertThat(days.getJsonObject(1).getJsonArray("teams").getJsonObject(0).getString("team_name"))
                .isEqualTo("Unassigned");
        assertThat(ingress.ledger.filters.getFirst().to()).isEqualTo(1_760_140_800_000L);
    }

    @Test
    void shouldReportByKeyAndModel() {
        knowTeamRed();

        JsonArray keys = rows("/global/spend/report?group_by=api_key&internal_user_id=ann");

        JsonObject first = keys.getJsonObject(0);
        assertThat(first.getString("api_key")).isEqualTo(FileKey.digest(MEMBER));
        assertThat(first.getInteger("total_output_tokens")).isEqualTo(7);
        assertThat(first.getJsonArray("model_details").size()).isEqualTo(2);
        assertThat(ingress.ledger.filters.getFirst().user()).isEqualTo("ann");
    }

    @Test
    void shouldSumUpTeamsByDayAndTogether() {
        knowTeamRed();

        JsonObject teams = get("/global/spend/teams");

        assertThat(teams.getJsonArray("daily_spend").getJsonObject(0).getDouble("Reds"))
                .isEqualTo(0.75);
        assertThat(teams.getJsonArray("teams").getList()).isEqualTo(List.of("Reds", "Unassigned"));
        assertThat(teams.getJsonArray("total_spend_per_team").getJsonObject(0).getString("team_id"))
                .isEqualTo("red");
    }

    @Test
    void shouldReportOfNoCustomers() {
        HttpResponse<String> refused = ingress.answer(ingress.request("/global/spend/report?group_by=customer"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo("group_by");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/logs",
                "/keys",
                "/teams",
                "/models",
                "/provider",
                "/tags",
                "/all_tag_names",
                "/report",
            })
    void shouldTellWhatAllSpentToAdminsAlone(String path) {
        knowTeamRed();

        for (String key : List.of(MEMBER, TEAM_ADMIN)) {
            assertThat(ingress.answer(
                                    ingress.request("/global/spend" + path).setHeader("authorization", "Bearer " + key))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(ingress.ledger.filters).isEmpty();
    }
}
