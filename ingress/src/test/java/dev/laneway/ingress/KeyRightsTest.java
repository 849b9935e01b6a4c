package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.FileKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the admin of a team, a member and whoever else is no admin may see and change: never more than was given to them. */
class KeyRightsTest {
    private static final String ADA = "sk-ada-0123456789abc";
    private static final String BOB = "sk-bob-0123456789abc";

    private final TestIngress ingress = TestIngress.start();

    @BeforeEach
    void twoTeams() {
        for (String user : List.of("ada", "bob", "free", "blue1", "ceo")) {
            ingress.accounting.put(user(user, user.equals("ceo") ? Role.ADMIN : null));
        }
        ingress.accounting.put(team("red", Map.of("ada", Role.TEAM_ADMIN, "bob", Role.MEMBER)));
        ingress.accounting.put(team("blue", Map.of("blue1", Role.MEMBER)));
        ingress.accounting.put(key("key_ada", ADA, "red", "ada", null));
        ingress.accounting.put(key("key_bob", BOB, "red", "bob", null));
        ingress.accounting.put(template("narrow", 10));
        ingress.accounting.put(template("wide", 11));
    }

    @AfterEach
    void close() {
        ingress.close();
    }

    private HttpResponse<String> send(String key, String method, String path, String body) {
        return ingress.answer(ingress.request(path)
                .setHeader("authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> post(String key, String path, String body) {
        return send(key, "POST", path, body);
    }

    private HttpResponse<String> get(String key, String path) {
        return send(key, "GET", path, "");
    }

    private static JsonObject error(HttpResponse<String> refused) {
        return new JsonObject(refused.body()).getJsonObject("error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e99999999", "1e-999999999", "-1e999999999"})
    @Timeout(10)
    void shouldRefuseAnAmountThatNobodyCouldWriteOutWhoeverSaysIt(String amount) {
        HttpResponse<String> refused = post(BOB, "/key/generate", "{\"max_budget\": " + amount + "}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo("max_budget");
    }

    @ParameterizedTest
    @CsvSource({"free, 200", "blue1, 403", "ceo, 403", "nobody, 403", "roamer, 403"})
    void shouldLetTheAdminOfATeamTakeInOnlyUsersWhomNobodyElseHas(String user, int status) {
        ingress.accounting.put(user("roamer", null));
        ingress.accounting.put(key("key_roamer", "sk-roamer-0123456789", "blue", "roamer", null));

        HttpResponse<String> added = post(
                ADA,
                "/team/member_add",
                "{\"team_id\": \"red\", \"member\": {\"user_id\": \"" + user + "\", \"role\": \"user\"}}");

        assertThat(added.statusCode()).as(added.body()).isEqualTo(status);
    }

    @Test
    void shouldTellTheAdminOfATeamNothingOfUsersThatItMayNotTakeIn() {
        String unknown = post(ADA, "/team/member_add", "{\"team_id\": \"red\", \"member\": {\"user_id\": \"xxxxx\"}}")
                .body();

        String ofAnother = post(ADA, "/team/member_add", "{\"team_id\": \"red\", \"member\": {\"user_id\": \"blue1\"}}")
                .body();

        assertThat(new JsonObject(ofAnother)
                        .getJsonObject("error")
                        .getString("message")
                        .replace("blue1", "xxxxx"))
                .isEqualTo(new JsonObject(unknown).getJsonObject("error").getString("message"));
    }

    @ParameterizedTest
    @CsvSource({"/v1/teams, blue", "/v1/teams, xxxx", "/v1/users, blue1", "/v1/users, xxxxx"})
    void shouldTellNobodyWhoMayNotMakeThemWhichIdsThereAre(String path, String id) {
        assertThat(post(ADA, path, "{\"id\": \"" + id + "\"}").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"/v1/teams, blue", "/v1/users, blue1", "/v1/keys, key_blue"})
    void shouldTellNobodyWhoMayNotSeeThemWhichIdsAPageMayFollow(String path, String id) {
        ingress.accounting.put(key("key_blue", "sk-blue-0123456789ab", "blue", "blue1", null));

        HttpResponse<String> behindIt = get(ADA, path + "?after=" + id);

        assertThat(behindIt.statusCode()).as(behindIt.body()).isEqualTo(400);
        assertThat(error(behindIt).getString("message"))
                .isEqualTo(error(get(ADA, path + "?after=nobody")).getString("message"));
    }

    @Test
    void shouldLetAnAdminTakeAnybodyIn() {
        HttpResponse<String> added = post(
                TestIngress.KEY, "/team/member_add", "{\"team_id\": \"red\", \"member\": {\"user_id\": \"blue1\"}}");

        assertThat(added.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"max_budget\": null}",
                "{\"rpm_limit\": 900}",
                "{\"duration\": \"90d\"}",
                "{\"role\": \"team_admin\"}",
                "{\"user_id\": \"bob\"}",
                "{\"tags\": [\"another\"]}",
                "{\"budget_id\": \"wide\"}",
            })
    void shouldNotLetTheAdminOfATeamLoosenTheKeyThatItCallsBy(String body) {
        HttpResponse<String> refused =
                post(ADA, "/key/update", new JsonObject(body).put("key", ADA).encode());

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"team_id", "user_id", "budget_id"})
    void shouldMakeNoKeyForWhatIsGone(String field) {
        ingress.accounting.put(new Control.Team(1, "gone", null, Terms.NONE, Map.of(), false, true, null, Map.of(), 0));
        ingress.accounting.put(
                new Control.User(1, "gone", null, null, null, Terms.NONE, false, true, null, Map.of(), 0));
        ingress.accounting.put(new Control.Template(1, "gone", Terms.NONE, true, null, 0));

        HttpResponse<String> refused = post(TestIngress.KEY, "/key/generate", "{\"" + field + "\": \"gone\"}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo(field);
    }

    @Test
    void shouldShowNoKeyThatIsGone() {
        ingress.accounting.put(new KeyDraft("key_gone", FileKey.digest("sk-gone-0123456789ab"), 0)
                .team("red")
                .user("bob")
                .deleted(true)
                .by("cmd_1", 1)
                .build());

        String keys = get(TestIngress.KEY, "/v1/keys").body();

        assertThat(keys).contains("key_bob").doesNotContain("key_gone");
        assertThat(get(TestIngress.KEY, "/v1/keys/key_gone").statusCode()).isEqualTo(404);
        assertThat(get(BOB, "/key/list?return_full_object=true").body()).doesNotContain("key_gone");
    }

    @Test
    void shouldGiveTheAliasOfAKeyThatIsGone() {
        ingress.accounting.put(new KeyDraft("key_gone", FileKey.digest("sk-gone-0123456789ab"), 0)
                .alias("nightly")
                .deleted(true)
                .by("cmd_1", 1)
                .build());

        HttpResponse<String> made = post(TestIngress.KEY, "/key/generate", "{\"key_alias\": \"nightly\"}");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    }

    /** It opens what the file says: another key of that secret would never be found. */
    @Test
    void shouldGiveNoSecretThatAKeyOfTheFileHas() {
        String secret = "sk-of-file-0123456789";
        ingress.directory.put(TestConfig.routesAnd("api_keys: [{key: " + secret + ", name: file}]\n"));

        HttpResponse<String> refused = post(TestIngress.KEY, "/key/generate", "{\"key\": \"" + secret + "\"}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(error(refused).getString("param")).isEqualTo("key");
    }

    /** Who changed what is in the audit log as they are, whatever they say of themselves. */
    @ParameterizedTest
    @CsvSource({"true, master for ceo", "false, key_ada"})
    void shouldLetNobodyButAnAdminSayForWhomAChangeIs(boolean admin, String actor) {
        HttpResponse<String> made = ingress.answer(ingress.post("/key/generate", "{\"team_id\": \"red\"}")
                .setHeader("authorization", "Bearer " + (admin ? TestIngress.KEY : ADA))
                .header("litellm-changed-by", "ceo"));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(ingress.accounting.commands).extracting(Command::actor).containsExactly(actor);
    }

    /** What a key is held to by the budget that it refers to is what its maker gives it. */
    @ParameterizedTest
    @CsvSource({"narrow, 200", "wide, 403"})
    void shouldNotLetTheAdminOfATeamGiveMoreThanItHasByABudgetThatHasAName(String budget, int status) {
        ingress.accounting.put(new Control.Team(
                2,
                "red",
                null,
                Terms.limited(new RateLimits(10, 0, 0, 0, 0, 0)),
                Map.of("ada", Role.TEAM_ADMIN, "bob", Role.MEMBER),
                false,
                false,
                null,
                Map.of(),
                0));

        HttpResponse<String> made = post(ADA, "/key/generate", "{\"budget_id\": \"" + budget + "\"}");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(status);
    }

    private static Control.Template template(String id, long requestsPerMinute) {
        return new Control.Template(
                1, id, Terms.limited(new RateLimits(requestsPerMinute, 0, 0, 0, 0, 0)), false, null, 0);
    }

    @ParameterizedTest
    @CsvSource({"/key/update, key_alias", "/key/block, blocked", "/key/regenerate, key"})
    void shouldLetTheAdminOfATeamDoToItsOwnKeyWhatGivesItNothing(String path, String field) {
        HttpResponse<String> done = post(
                ADA,
                path,
                field.equals("key_alias") ? "{\"key\": \"key_ada\", \"key_alias\": \"a\"}" : "{\"key\": \"key_ada\"}");

        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(new JsonObject(done.body()).getValue(field)).isNotNull();
    }

    @Test
    void shouldNotLetTheAdminOfATeamMakeAdminsByKeys() {
        HttpResponse<String> refused = post(ADA, "/v1/keys", "{\"role\": \"team_admin\"}");

        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "rotate"})
    void shouldNotLetTheAdminOfATeamTouchAnAdminsKey(String what) {
        ingress.accounting.put(key("key_root", "sk-root-0123456789ab", "red", null, Role.ADMIN));

        HttpResponse<String> refused = post(ADA, "/v1/keys/key_root/" + what, "");

        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void shouldNotLetTheAdminOfATeamLowerAnAdminsKeyToItsOwn() {
        ingress.accounting.put(key("key_root", "sk-root-0123456789ab", "red", null, Role.ADMIN));

        HttpResponse<String> refused = send(ADA, "PATCH", "/v1/keys/key_root", "{\"role\": \"member\"}");

        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void shouldShowNothingOfOthersToATeamAdminWithoutATeam() {
        String lone = "sk-lone-0123456789ab";
        ingress.accounting.put(key("key_lone", lone, null, "free", Role.TEAM_ADMIN));
        ingress.accounting.put(key("key_other", "sk-other-0123456789a", null, "ceo", null));

        HttpResponse<String> list = get(lone, "/v1/keys");

        assertThat(new JsonObject(list.body()).getJsonArray("data"))
                .extracting(key -> ((JsonObject) key).getString("id"))
                .containsExactly("key_lone");
    }

    @Test
    void shouldShowTheCostsOfATeamToItsAdminAlone() {
        ingress.ledger.spends = scope ->
                Future.succeededFuture(scope == Scope.TEAM ? Map.of("red", new Money(1_000_000_000_000L)) : Map.of());

        JsonObject member = new JsonObject(get(BOB, "/team/info").body()).getJsonObject("team_info");

        JsonObject admin = new JsonObject(get(ADA, "/team/info").body()).getJsonObject("team_info");
        assertThat(admin.getInteger("spend")).isEqualTo(1);
        assertThat(member.getValue("spend")).isNull();
        assertThat(get(BOB, "/v1/teams").body()).contains("\"spend\":null");
        assertThat(get(BOB, "/team/list").body()).contains("\"spend\":null");
    }

    @Test
    void shouldShowWhatAUserSpentEverywhereToNoAdminOfATeam() {
        ingress.ledger.spends = scope ->
                Future.succeededFuture(scope == Scope.USER ? Map.of("bob", new Money(9_000_000_000_000L)) : Map.of());

        JsonObject seen = new JsonObject(get(ADA, "/user/info?user_id=bob").body()).getJsonObject("user_info");

        assertThat(seen.getValue("spend")).isNull();
        assertThat(new JsonObject(get(BOB, "/user/info").body())
                        .getJsonObject("user_info")
                        .getInteger("spend"))
                .isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"teams", "users"})
    void shouldGiveNoIdTwice(String many) {
        send(TestIngress.KEY, "POST", "/v1/" + many, "{\"id\": \"once\"}");
        send(TestIngress.KEY, "DELETE", "/v1/" + many + "/once", "");

        HttpResponse<String> again = send(TestIngress.KEY, "POST", "/v1/" + many, "{\"id\": \"once\"}");

        assertThat(again.statusCode()).as(again.body()).isEqualTo(409);
    }

    @Test
    void shouldOpenNothingWithAKeyOfATeamThatIsGone() {
        send(TestIngress.KEY, "DELETE", "/v1/teams/red", "");
        post(TestIngress.KEY, "/team/new", "{\"team_id\": \"red\"}");

        HttpResponse<String> refused = get(BOB, "/v1/models");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(error(refused).getString("code")).isEqualTo("team_blocked");
    }

    @Test
    void shouldTellNobodyButAdminsWhichVendorsModelsAre() {
        String others = get(BOB, "/model/info").body();

        String admins = get(TestIngress.KEY, "/model/info").body();

        JsonObject shown = new JsonObject(others).getJsonArray("data").getJsonObject(0);
        JsonObject whole = new JsonObject(admins).getJsonArray("data").getJsonObject(0);
        String vendors = whole.getJsonObject("litellm_params").getString("model");
        assertThat(vendors).contains("/");
        assertThat(others).doesNotContain(vendors.substring(vendors.indexOf('/') + 1));
        assertThat(shown.getJsonObject("litellm_params").getString("model")).isEqualTo(shown.getString("model_name"));
        assertThat(shown.getJsonObject("model_info").getValue("litellm_provider"))
                .isNull();
    }

    @Test
    void shouldLogRequestsOfAKeyWithoutTheVendorsNames() {
        HttpResponse<String> request = get(BOB, "/v1/spend/requests/" + FakeLedger.REQUEST);

        JsonObject attempt =
                new JsonObject(request.body()).getJsonArray("attempts").getJsonObject(1);
        assertThat(attempt.getString("model_name")).isEqualTo("gpt");
        assertThat(request.body()).doesNotContain("gpt-4o").doesNotContain("openai");
        assertThat(new JsonArray(get(BOB, "/spend/logs").body())
                        .getJsonObject(0)
                        .getString("model"))
                .isEqualTo("gpt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vendor_model", "provider"})
    void shouldSumUpByVendorsForAdminsAlone(String by) {
        assertThat(get(BOB, "/cost?group_by=" + by).statusCode()).isEqualTo(403);
        assertThat(ingress.ledger.filters).isEmpty();
    }

    private static Control.User user(String id, @Nullable Role role) {
        return new Control.User(1, id, null, id + "@example.com", role, Terms.NONE, false, false, null, Map.of(), 0);
    }

    private static Control.Team team(String id, Map<String, Role> members) {
        return new Control.Team(1, id, null, Terms.NONE, members, false, false, null, Map.of(), 0);
    }

    private static Control.Key key(
            String id, String secret, @Nullable String team, @Nullable String user, @Nullable Role role) {
        return new KeyDraft(id, FileKey.digest(secret), 0)
                .team(team)
                .user(user)
                .terms(Terms.budgeted(dev.laneway.contracts.Budget.of(
                        Money.ofDollars("5"), dev.laneway.contracts.BudgetPeriod.TOTAL)))
                .role(role)
                .by("cmd_1", 1)
                .build();
    }
}
