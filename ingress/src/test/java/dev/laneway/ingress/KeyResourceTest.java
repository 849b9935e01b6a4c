package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.CommandRefusal;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.WhenAway;
import dev.laneway.ingress.auth.MasterKeyAuthenticator;
import dev.laneway.runtime.audit.AuditEntry;
import dev.laneway.runtime.audit.AuditLog;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own resources of keys, teams, users, terms, and the audit log. */
class KeyResourceTest extends AskedIngress {
    private static final String TERMS = """
            {"models": ["smart"], "lanes": ["premium"], "tools": ["search"], "denied_tools": ["shell"],
             "networks": ["10.0.0.0/8"], "rpm_limit": 60, "tpm_limit": 1000, "rph_limit": 600, "tph_limit": 9000,
             "max_parallel_requests": 4, "max_tokens_per_request": 500, "max_cost_per_request": 0.25, "when_away": "open",
             "budgets": [{"name": "monthly", "limit": 250.5, "period": "1mo", "time_zone": "Europe/Berlin",
                          "thresholds": [50, 80]},
                         {"name": "daily", "limit": 20, "period": "1d"}]}""";

    @Test
    void shouldKeepAllTermsAndShowThemAsTheyWereSaid() {
        JsonObject made = done("POST", "/v1/keys", "{\"alias\": \"a\", \"terms\": " + TERMS + "}", 201);

        JsonObject shown = done("GET", "/v1/keys/" + made.getString("id"), "", 200);

        assertThat(shown.getJsonObject("terms")).isEqualTo(new JsonObject(TERMS));
        assertThat(shown.fieldNames()).doesNotContain("key");
        Control.Entity key = ingress.accounting.commands.getFirst().entity();
        assertThat(key.terms())
                .isEqualTo(new Terms(
                        List.of("smart"),
                        List.of("premium"),
                        List.of("search"),
                        List.of("shell"),
                        List.of("10.0.0.0/8"),
                        new RateLimits(60, 1000, 600, 9000, 4, 500),
                        List.of(
                                new Budget(
                                        "monthly",
                                        Money.ofDollars("250.5"),
                                        BudgetPeriod.of("1mo"),
                                        "Europe/Berlin",
                                        List.of(50, 80)),
                                new Budget("daily", Money.ofDollars("20"), BudgetPeriod.of("1d"), null, List.of())),
                        Money.ofDollars("0.25"),
                        WhenAway.OPEN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "terms.budgets[0].limit | {\"budgets\": [{\"name\": \"a\"}]}",
                "terms.budgets[0].period | {\"budgets\": [{\"limit\": 1, \"period\": \"sometimes\"}]}",
                "terms.budgets[1].name | {\"budgets\": [{\"limit\": 1}, {\"limit\": 2}]}",
                "terms.networks | {\"networks\": [\"home\"]}",
                "terms.when_away | {\"when_away\": \"ajar\"}",
                "terms.colour | {\"colour\": \"red\"}",
                "terms.rpm_limit | {\"rpm_limit\": 1.5}",
            })
    void shouldSayWhichFieldOfTermsIsWrong(String field, String terms) {
        HttpResponse<String> refused = send("POST", "/v1/keys", "{\"terms\": " + terms + "}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("param"))
                .isEqualTo(field);
    }

    @Test
    void shouldChangeBlockRotateAndDeleteAKey() {
        JsonObject made = done("POST", "/v1/keys", "{\"expires_in\": \"1h\"}", 201);
        String path = "/v1/keys/" + made.getString("id");
        done("PATCH", path, "{\"alias\": \"b\", \"expires_at\": null}", 200);
        done("POST", path + "/block", "", 200);
        done("POST", path + "/unblock", "", 200);
        JsonObject rotated = done("POST", path + "/rotate", "{\"grace\": \"1h\"}", 200);
        JsonObject deleted = done("DELETE", path, "", 200);

        HttpResponse<String> gone = send("GET", path, "");

        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(rotated.getString("key")).isNotEqualTo(made.getString("key"));
        assertThat(deleted.getBoolean("deleted")).isTrue();
        assertThat(deleted.getString("alias")).isEqualTo("b");
        assertThat(deleted.getValue("expires_at")).isNull();
        assertThat(ingress.accounting.commands)
                .extracting(Command::action)
                .containsExactly(
                        Command.Action.CREATE,
                        Command.Action.UPDATE,
                        Command.Action.BLOCK,
                        Command.Action.UNBLOCK,
                        Command.Action.ROTATE,
                        Command.Action.DELETE);
    }

    @Test
    void shouldNoteForWhomAnAdminAsked() {
        ingress.answer(ingress.post("/v1/keys", "{}").header("litellm-changed-by", "ada@example.com"));

        assertThat(ingress.accounting.commands)
                .extracting(Command::actor)
                .containsExactly("master for ada@example.com");
    }

    @Test
    void shouldChangeNothingThatWasSeenInAnotherVersion() {
        String id = done("POST", "/v1/keys", "{}", 201).getString("id");
        done("PATCH", "/v1/keys/" + id, "{\"alias\": \"a\"}", 200);

        HttpResponse<String> refused = send("PATCH", "/v1/keys/" + id, "{\"alias\": \"b\", \"version\": 1}");

        assertThat(refused.statusCode()).isEqualTo(409);
    }

    @Test
    void shouldListInPages() {
        for (int i = 0; i < 5; i++) {
            done("POST", "/v1/keys", "{\"user\": \"ada\"}", 201);
        }
        JsonObject first = done("GET", "/v1/keys?limit=3&user=ada", "", 200);
        String last = first.getJsonArray("data").getJsonObject(2).getString("id");

        JsonObject second = done("GET", "/v1/keys?limit=3&user=ada&after=" + last, "", 200);

        assertThat(first.getBoolean("has_more")).isTrue();
        assertThat(second.getJsonArray("data")).hasSize(2);
        assertThat(second.getBoolean("has_more")).isFalse();
        assertThat(second.getInteger("total")).isEqualTo(5);
    }

    /** Who is told to leave a limit out makes a key without one. */
    @ParameterizedTest
    @CsvSource({"POST, /v1/keys", "POST, /v1/teams", "PUT, /v1/terms/tag/night"})
    void shouldSayWhereATermBelongs(String method, String path) {
        HttpResponse<String> refused = send(method, path, "{\"rpm_limit\": 3, \"terms\": {}}");

        JsonObject error = new JsonObject(refused.body()).getJsonObject("error");
        assertThat(error.getString("param")).isEqualTo("rpm_limit");
        assertThat(error.getString("message")).endsWith("say it in terms.");
    }

    @ParameterizedTest
    @CsvSource({"teams", "users"})
    void shouldMakeChangeBlockAndDelete(String many) {
        done("POST", "/v1/" + many, "{\"id\": \"it\", \"alias\": \"It\", \"terms\": {\"rpm_limit\": 3}}", 201);
        done("PATCH", "/v1/" + many + "/it", "{\"alias\": \"Other\"}", 200);
        JsonObject blocked = done("POST", "/v1/" + many + "/it/block", "", 200);
        JsonObject list = done("GET", "/v1/" + many, "", 200);
        done("DELETE", "/v1/" + many + "/it", "", 200);

        HttpResponse<String> gone = send("GET", "/v1/" + many + "/it", "");

        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(blocked.getBoolean("blocked")).isTrue();
        assertThat(blocked.getString("alias")).isEqualTo("Other");
        assertThat(list.getJsonArray("data").getJsonObject(0).getJsonObject("terms"))
                .isEqualTo(new JsonObject().put("rpm_limit", 3));
    }

    @ParameterizedTest
    @CsvSource({"global, all", "tag, night", "model, smart", "provider, openai", "deployment, d_1"})
    void shouldPutTermsInForceAndTakeThemBack(String scope, String id) {
        String path = "/v1/terms/" + scope + "/" + id;
        done("PUT", path, "{\"terms\": {\"budgets\": [{\"limit\": 5}]}}", 200);
        Terms inForce = ingress.directory.terms(Scope.valueOf(scope.toUpperCase(Locale.ROOT)), id);

        done("DELETE", path, "", 200);

        assertThat(inForce).isEqualTo(Terms.budgeted(Budget.of(Money.ofDollars("5"), BudgetPeriod.TOTAL)));
        assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "provider, '\"tools\": []'",
        "deployment, '\"max_tokens_per_request\": 9'",
        "provider, '\"models\": [\"a\"]'"
    })
    void shouldRefuseTermsThatNobodyKeepsTo(String scope, String terms) {
        HttpResponse<String> refused = send("PUT", "/v1/terms/" + scope + "/x", "{\"terms\": {" + terms + "}}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(ingress.accounting.commands).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 'The first 1 of those'", "0, 'Nothing was changed'"})
    void shouldSayHowFarItGotWhereChangesCanNotBeKeptAnyMore(int done, String said) {
        ingress.accounting.doesFirst.set(done);
        ingress.accounting.refuses = CommandRefusal.Reason.DATABASE_AWAY;

        HttpResponse<String> refused = send("POST", "/user/new", "{\"user_id\": \"ada\"}");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("message"))
                .contains(said);
    }

    @Test
    void shouldNotTakeTermsOfAKeyForThoseOfATag() {
        assertThat(send("PUT", "/v1/terms/key/a", "{\"terms\": {}}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldHoldAKeyToItsBudgetAsThatIsNow() {
        done("POST", "/budget/new", "{\"budget_id\": \"small\", \"max_budget\": 3, \"rpm_limit\": 5}", 200);
        String id = done("POST", "/key/generate", "{\"budget_id\": \"small\", \"rpm_limit\": 9}", 200)
                .getString("key_id");

        done("POST", "/budget/update", "{\"budget_id\": \"small\", \"max_budget\": 2, \"rpm_limit\": 4}", 200);

        Terms held = ingress.directory.terms(Scope.KEY, id);
        assertThat(held.budgets()).extracting(Budget::limit).containsExactly(Money.ofDollars("2"));
        assertThat(held.limits()).isEqualTo(new RateLimits(9, 0, 0, 0, 0, 0));
        JsonObject info = done("GET", "/key/info?key=" + id, "", 200).getJsonObject("info");
        assertThat(info.getInteger("max_budget")).isEqualTo(2);
        assertThat(info.getJsonObject("litellm_budget_table").getInteger("rpm_limit"))
                .isEqualTo(4);
    }

    @Test
    void shouldNotLiftALimitWithItsBudget() {
        done("POST", "/budget/new", "{\"budget_id\": \"small\", \"rpm_limit\": 5}", 200);
        String id = done("POST", "/v1/keys", "{\"budget_id\": \"small\"}", 201).getString("id");

        done("POST", "/budget/delete", "{\"id\": \"small\"}", 200);

        assertThat(ingress.directory.terms(Scope.KEY, id).limits()).isEqualTo(new RateLimits(5, 0, 0, 0, 0, 0));
        assertThat(send("POST", "/key/generate", "{\"budget_id\": \"small\"}").statusCode())
                .isEqualTo(400);
        assertThat(done("PATCH", "/v1/keys/" + id, "{\"budget_id\": null}", 200).getValue("budget_id"))
                .isNull();
        assertThat(ingress.directory.terms(Scope.KEY, id)).isEqualTo(Terms.NONE);
    }

    @Test
    void shouldChangeTheKeyOfAnAlias() {
        String id = done("POST", "/key/generate", "{\"key_alias\": \"nightly\"}", 200)
                .getString("key_id");

        JsonObject changed = done("POST", "/key/update", "{\"key_alias\": \"nightly\", \"rpm_limit\": 4}", 200);

        assertThat(changed.getString("key_id")).isEqualTo(id);
        assertThat(changed.getInteger("rpm_limit")).isEqualTo(4);
        assertThat(send("POST", "/key/update", "{\"key_alias\": \"nobody\", \"rpm_limit\": 4}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldShowABudgetsTermsAsTheKeysOwn() {
        done("POST", "/budget/new", "{\"budget_id\": \"small\", \"max_budget\": 3, \"budget_duration\": \"1d\"}", 200);

        JsonObject made = done("POST", "/key/generate", "{\"budget_id\": \"small\", \"rpm_limit\": 9}", 200);

        assertThat(made.getInteger("max_budget")).isEqualTo(3);
        assertThat(made.getString("budget_duration")).isEqualTo("1d");
        assertThat(made.getInteger("rpm_limit")).isEqualTo(9);
        assertThat(ingress.answer(ingress.post("/budget/info", "{\"budgets\": [\"small\"]}"))
                        .body())
                .contains("\"budget_id\":\"small\"");
    }

    @Test
    void shouldMakeAKeyWithItsUser() {
        JsonObject made = done(
                "POST",
                "/user/new",
                "{\"user_id\": \"ada\", \"user_role\": \"internal_user_viewer\", \"key_alias\": \"k\"}",
                200);

        HttpResponse<String> refused = ingress.answer(
                ingress.chat("smart", false).setHeader("authorization", "Bearer " + made.getString("key")));

        assertThat(refused.statusCode()).isEqualTo(403);
        JsonObject info = done("GET", "/user/info?user_id=ada", "", 200);
        assertThat(info.getJsonArray("keys").getJsonObject(0).getString("key_alias"))
                .isEqualTo("k");
    }

    @Test
    void shouldShowWhoChangedWhat() {
        JsonObject made = done("POST", "/v1/keys", "{\"alias\": \"a\"}", 201);
        Control.Entity key = ingress.directory.keys().iterator().next();
        List<AuditLog.Question> asked = new CopyOnWriteArrayList<>();
        ingress.audit = question -> {
            asked.add(question);
            return Future.succeededFuture(List.of(
                    new AuditEntry("cmd_1", 1_795_000_000_000L, "master", "create", "key", key.id(), 1, null, key)));
        };

        JsonObject log = done("GET", "/v1/audit?kind=key&actor=master&limit=7", "", 200);

        assertThat(asked).containsExactly(new AuditLog.Question("key", null, "master", 0, null, 8));
        JsonObject entry = log.getJsonArray("data").getJsonObject(0);
        assertThat(entry.getValue("before")).isNull();
        assertThat(entry.getJsonObject("after").getString("alias")).isEqualTo("a");
        assertThat(log.encode()).doesNotContain(made.getString("key")).doesNotContain("sha256");
    }

    @Test
    void shouldSayThatTheAuditLogCanNotBeRead() {
        assertThat(send("GET", "/v1/audit", "").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldShowWhatModelsCost() {
        HttpResponse<String> shown = ingress.answer(ingress.request("/v1/model/info"));

        JsonObject model = new JsonObject(shown.body()).getJsonArray("data").getJsonObject(0);
        assertThat(model.getString("model_name")).isNotEmpty();
        assertThat(model.getJsonObject("model_info").fieldNames())
                .contains("id", "input_cost_per_token", "max_input_tokens", "supports_function_calling");
        assertThat(shown.body()).doesNotContain("api_base").doesNotContain("http");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expires_at | \"1960-01-01T00:00:00Z\"",
                "expires_at | \"1970-01-01T00:00:00Z\"",
                "expires_at | \"+1000000000-12-31T23:59:59Z\"",
                "expires_in | \"585000000y\"",
                "expires_in | \"292471209y\"",
                "alias | \"\\ud800\"",
                "tags | [\"a\\u0000\"]",
                "metadata | {\"a\": 1e99999}",
                "metadata | {\"a\": \"\\u0000\"}",
                "metadata | {\"\\u0000\": 1}",
                "metadata | {\"a\": [\"\\udc00\"]}",
                "metadata | DEEP",
                "terms.rpm_limit | TERMS{\"rpm_limit\": 0}",
                "terms.tpm_limit | TERMS{\"tpm_limit\": -1}",
                "terms.max_parallel_requests | TERMS{\"max_parallel_requests\": 3000000000}",
                "terms.budgets[0].limit | TERMS{\"budgets\": [{\"limit\": 1e40}]}",
                "terms.budgets[0].limit | TERMS{\"budgets\": [{\"limit\": 1e-40}]}",
                "terms.budgets[0].limit | TERMS{\"budgets\": [{\"limit\": \"NaN\"}]}",
                "terms.budgets[0].time_zone | TERMS{\"budgets\": [{\"limit\": 1, \"time_zone\": \"Mars\"}]}",
                "role | \"emperor\"",
                "blocked | \"yes\"",
                "team | 7",
                "key | 1234567890123456789",
            })
    void shouldSayWhichFieldOfAKeyIsWrong(String field, String value) {
        String deep = "{\"a\": " + "[".repeat(400) + "]".repeat(400) + "}";
        String said = value.startsWith("TERMS")
                ? "\"terms\": " + value.substring(5)
                : "\"" + field + "\": " + (value.equals("DEEP") ? deep : value);

        HttpResponse<String> refused = send("POST", "/v1/keys", "{" + said + "}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("param"))
                .isEqualTo(field);
        assertThat(ingress.accounting.commands).isEmpty();
    }

    @Test
    void shouldSayThatAFieldIsUnknownWhateverItsName() {
        HttpResponse<String> refused = send("POST", "/v1/keys", "{\"\\ud800" + "x".repeat(5_000) + "\": 1}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).hasSizeLessThan(600);
    }

    @Test
    void shouldAllowNoToolWhereNoneIsNamed() {
        JsonObject made = done("POST", "/v1/keys", "{\"terms\": {\"tools\": [], \"models\": [], \"lanes\": []}}", 201);

        assertThat(made.getJsonObject("terms")).isEqualTo(new JsonObject("{\"tools\": []}"));
    }

    @Test
    void shouldTakeAnEmptyNameForNone() {
        done("POST", "/key/generate", "{\"key_alias\": \"\", \"team_id\": \"\"}", 200);

        JsonObject made = done("POST", "/key/generate", "{\"key_alias\": \"\", \"team_id\": null}", 200);

        assertThat(made.getValue("key_alias")).isNull();
    }

    @Test
    void shouldMakeNoUserWhoseKeyCanNotBeMade() {
        HttpResponse<String> refused = send("POST", "/user/new", "{\"user_id\": \"ada\", \"team_id\": \"nobody\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(ingress.accounting.commands).isEmpty();
    }

    @Test
    void shouldDeleteAKeyThatIsNamedTwiceOnce() {
        JsonObject made = done("POST", "/key/generate", "{\"key_alias\": \"a\"}", 200);

        JsonObject deleted = done(
                "POST",
                "/key/delete",
                "{\"keys\": [\"" + made.getString("token") + "\", \"" + made.getString("key")
                        + "\"], \"key_aliases\": [\"a\"]}",
                200);

        assertThat(deleted.getJsonArray("deleted_keys")).hasSize(3);
        assertThat(ingress.accounting.commands).hasSize(2);
    }

    @Test
    void shouldDeleteNoTeamWhereOneIsUnknown() {
        done("POST", "/team/new", "{\"team_id\": \"red\"}", 200);

        HttpResponse<String> refused = send("POST", "/team/delete", "{\"team_ids\": [\"red\", \"nobody\"]}");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(ingress.directory.team("red")).matches(team -> team != null && !team.deleted());
    }

    @Test
    void shouldGoOnBehindAKeyThatWasDeletedMeanwhile() {
        for (int i = 0; i < 4; i++) {
            done("POST", "/v1/keys", "{}", 201);
        }
        JsonObject first = done("GET", "/v1/keys?limit=2", "", 200);
        String last = first.getJsonArray("data").getJsonObject(1).getString("id");
        done("DELETE", "/v1/keys/" + last, "", 200);

        JsonObject second = done("GET", "/v1/keys?limit=2&after=" + last, "", 200);

        assertThat(second.getJsonArray("data")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/keys?limit=none, limit",
        "/v1/keys?limit=0, limit",
        "/v1/keys?after=nobody, after",
        "/v1/teams?limit=-1, limit",
        "/v1/terms?limit=x, limit",
        "/key/list?page=x, page",
        "/key/list?size=99999999999999999999, size",
        "/user/list?page_size=1.5, page_size",
        "/v1/audit?limit=x, limit",
        "/v1/audit?since=+1000000000-12-31T23:59:59Z, since",
        "/v1/audit?actor=%00, actor",
        "/v1/audit?entity=key_1, entity",
        "/v1/terms?scope=tag, scope",
        "/v1/alerts/silences?kind=budget, kind",
        "/v1/alerts/silences?ended=yes, ended",
    })
    void shouldSayWhichParameterIsWrong(String path, String parameter) {
        HttpResponse<String> refused = send("GET", path, "");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("param"))
                .isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"budgets\": [{\"limit\": 5}]}", "{\"max_cost_per_request\": 0.1}"})
    void shouldRefuseMoneyOfAModelThatNoCallCosts(String terms) {
        ingress.directory.put(TestConfig.routesAnd(""));

        HttpResponse<String> refused = send("PUT", "/v1/terms/model/nobody", "{\"terms\": " + terms + "}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("message"))
                .contains("No model_name is 'nobody'");
        done("PUT", "/v1/terms/model/nobody", "{\"terms\": {\"rpm_limit\": 5}}", 200);
    }

    @ParameterizedTest
    @CsvSource({
        "provider, nobody, There is no provider 'nobody'",
        "provider, together, This provider is called 'together_ai' here",
        "deployment, nobody, There is no deployment 'nobody'",
        "tag, %20a, A tag has at most 128 characters",
    })
    void shouldRefuseTermsThatWouldHoldForNothing(String scope, String id, String why) {
        ingress.directory.put(TestConfig.routesAnd(""));

        HttpResponse<String> refused = send("PUT", "/v1/terms/" + scope + "/" + id, "{\"terms\": {\"rpm_limit\": 5}}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("message"))
                .startsWith(why);
    }

    @ParameterizedTest
    @CsvSource({"/v1/keys, key", "/key/generate, key", "/key/KEY/regenerate, new_key", "/v1/keys/KEY/rotate, key"})
    void shouldGiveNoKeyTheSecretThatOpensEverything(String path, String field) {
        String master = "sk-master-0123456789";
        ingress.keys = List.of(MasterKeyAuthenticator.sha256(TestIngress.KEY), MasterKeyAuthenticator.sha256(master));
        String id = done("POST", "/v1/keys", "{}", 201).getString("id");

        HttpResponse<String> refused = send("POST", path.replace("KEY", id), "{\"" + field + "\": \"" + master + "\"}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
    }

    @Test
    void shouldListTermsInPages() {
        for (String tag : List.of("a", "b", "c")) {
            done("PUT", "/v1/terms/tag/" + tag, "{\"terms\": {\"rpm_limit\": 1}}", 200);
        }

        JsonObject page = done("GET", "/v1/terms?limit=1&after=tag/a", "", 200);

        assertThat(page.getJsonArray("data").getJsonObject(0).getString("id")).isEqualTo("b");
        assertThat(page.getBoolean("has_more")).isTrue();
    }

    @Test
    void shouldShowTermsThatSayNothingWherePutSo() {
        done("PUT", "/v1/terms/tag/free", "{\"terms\": {}}", 200);

        JsonObject shown = done("GET", "/v1/terms/tag/free", "", 200);

        assertThat(shown.getJsonObject("terms")).isEmpty();
        assertThat(shown.getInteger("version")).isEqualTo(1);
    }

    @Test
    void shouldAnswerATeamsChangeAsLiteLlmDoes() {
        done("POST", "/team/new", "{\"team_id\": \"red\"}", 200);

        JsonObject changed = done("POST", "/team/update", "{\"team_id\": \"red\", \"tpm_limit\": 5}", 200);

        assertThat(changed.getString("team_id")).isEqualTo("red");
        assertThat(changed.getJsonObject("data").getInteger("tpm_limit")).isEqualTo(5);
    }

    @Test
    void shouldRotateToNoOthersSecret() {
        String id = done("POST", "/v1/keys", "{\"key\": \"sk-mine-0123456789\"}", 201)
                .getString("id");

        HttpResponse<String> refused =
                send("POST", "/v1/keys/" + id + "/rotate", "{\"key\": \"sk-mine-0123456789\", \"grace\": \"1h\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void shouldSayThatAKeyToBeRotatedIsMissing() {
        HttpResponse<String> refused = send("POST", "/key/regenerate", "{}");

        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/terms",
        "GET, /v1/audit",
        "PUT, /v1/terms/global/all",
        "POST, /v1/users",
        "GET, /budget/list",
        "POST, /v1/teams",
        "POST, /user/new"
    })
    void shouldBeForAdminsAlone(String method, String path) {
        String key = done("POST", "/v1/keys", "{\"user\": \"ada\"}", 201).getString("key");

        HttpResponse<String> refused = ingress.answer(ingress.request(path)
                .setHeader("authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.ofString("{\"terms\": {}}")));

        assertThat(refused.statusCode()).as(refused.body()).isIn(400, 403);
        assertThat(ingress.accounting.commands).hasSize(1);
    }
}
