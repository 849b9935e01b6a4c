package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.CommandRefusal;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that are made by LiteLLM's paths: what becomes of them, and what they open. */
class VirtualKeyTest extends AskedIngress {
    private JsonObject generated(String body) {
        HttpResponse<String> made = post("/key/generate", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return new JsonObject(made.body());
    }

    @Test
    void shouldMakeAKeyThatPaysForWhatItAsks() throws Exception {
        post("/team/new", "{\"team_id\": \"red\"}");
        JsonObject made = generated(
                "{\"key_alias\": \"nightly\", \"team_id\": \"red\", \"user_id\": \"ada\", \"tags\": [\"batch\"]}");

        ingress.send(ingress.chat("smart", false).setHeader("authorization", "Bearer " + made.getString("key")));

        var request = ingress.outbox.next().request();
        assertThat(request.owner()).isEqualTo(made.getString("key_id"));
        assertThat(request.payer()).isEqualTo(new Payer("red", "ada", List.of("batch")));
    }

    @Test
    void shouldCountARequestForTheTagsThatItIsGiven() throws Exception {
        String key = generated("{\"tags\": [\"batch\"]}").getString("key");
        String body = "{\"model\": \"smart\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}],"
                + " \"metadata\": {\"a\": {\"tags\": 1}, \"tags\": [\"late\", \"batch\"]}}";

        ingress.send(ingress.post("/v1/chat/completions", body)
                .setHeader("authorization", "Bearer " + key)
                .header("x-litellm-tags", "night, eu,,night"));

        assertThat(ingress.outbox.next().request().payer())
                .isEqualTo(new Payer(null, null, List.of("batch", "night", "eu", "late")));
    }

    @Test
    void shouldHaveTheTagsThatItsNotesSay() {
        JsonObject made = generated("{\"metadata\": {\"tags\": [\"night\"], \"desk\": 4}}");

        assertThat(made.getJsonArray("tags").getList()).isEqualTo(List.of("night"));
    }

    @Test
    void shouldTakeNoTagsOfATeam() {
        HttpResponse<String> refused = post("/team/new", "{\"metadata\": {\"tags\": [\"night\"]}}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo("metadata");
    }

    @Test
    void shouldRefuseMoreTagsThanItCanCountARequestFor() {
        HttpResponse<String> refused =
                ingress.answer(ingress.chat("smart", false).header("x-litellm-tags", "t".repeat(200)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("code")).isEqualTo("invalid_tags");
    }

    @Test
    void shouldShowTheSecretOnceAndKeepADigest() {
        JsonObject made = generated("{}");

        HttpResponse<String> info = get(TestIngress.KEY, "/key/info?key=" + made.getString("token"));

        assertThat(made.getString("key")).startsWith("sk-lw-");
        assertThat(info.body()).doesNotContain(made.getString("key")).contains(made.getString("token"));
        Control.Key key = (Control.Key) ingress.accounting.commands.getFirst().entity();
        assertThat(key.toString()).doesNotContain(made.getString("key"));
        assertThat(key.hint())
                .isEqualTo(made.getString("key").substring(made.getString("key").length() - 4));
    }

    @Test
    void shouldAnswerInTheFieldsThatLiteLlmsScriptsRead() {
        JsonObject made = generated(
                "{\"models\": [\"smart\"], \"max_budget\": 12.50, \"budget_duration\": \"30d\", \"soft_budget\": 10,"
                        + " \"rpm_limit\": 5, \"tpm_limit\": 6000, \"max_parallel_requests\": 2, \"duration\": \"1h\","
                        + " \"metadata\": {\"desk\": 4}, \"aliases\": {}, \"config\": {}, \"permissions\": {}}");

        assertThat(made.getJsonArray("models").getList()).isEqualTo(List.of("smart"));
        assertThat(made.getValue("max_budget")).hasToString("12.5");
        assertThat(made.getString("budget_duration")).isEqualTo("30d");
        assertThat(made.getValue("soft_budget")).hasToString("10");
        assertThat(made.getInteger("rpm_limit")).isEqualTo(5);
        assertThat(made.getInteger("tpm_limit")).isEqualTo(6000);
        assertThat(made.getInteger("max_parallel_requests")).isEqualTo(2);
        assertThat(made.getInstant("expires")).isAfter(java.time.Instant.now().plusSeconds(3_500));
        assertThat(made.getJsonObject("metadata")).isEqualTo(new JsonObject().put("desk", 4));
        assertThat(made.getString("budget_reset_at")).endsWith("T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model_max_budget | {\"smart\": 3}",
                "allowed_routes | [\"/chat\"]",
                "guardrails | [\"pii\"]",
                "enforced_params | [\"user\"]",
                "aliases | {\"a\": \"b\"}",
                "budget_duration | \"30d\"",
                "max_budget | -1",
                "max_budget | \"ten\"",
                "duration | \"soon\"",
                "spend | 1",
                "key_type | \"management\"",
                "team_id | \"nobody\"",
                "budget_id | \"nobody\"",
                "key | \"sk-short\"",
            })
    void shouldRefuseByNameWhatItCanNotKeepTo(String field, String value) {
        HttpResponse<String> refused = post("/key/generate", "{\"" + field + "\": " + value + "}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo(field);
        assertThat(refused.body()).doesNotContain("sk-short");
        assertThat(ingress.accounting.commands).isEmpty();
    }

    @Test
    void shouldNotMakeTwoOfOneName() {
        generated("{\"key_alias\": \"nightly\"}");

        HttpResponse<String> refused = post("/key/generate", "{\"key_alias\": \"nightly\"}");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(error(refused).getString("param")).isEqualTo("key_alias");
    }

    @Test
    void shouldOpenNothingWhileBlocked() {
        String key = generated("{}").getString("key");
        post("/key/block", "{\"key\": \"" + key + "\"}");
        HttpResponse<String> refused = get(key, "/v1/models");
        post("/key/unblock", "{\"key\": \"" + key + "\"}");

        HttpResponse<String> admitted = get(key, "/v1/models");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(error(refused).getString("code")).isEqualTo("key_blocked");
        assertThat(admitted.statusCode()).isEqualTo(200);
        assertThat(ingress.accounting.commands)
                .extracting(Command::action)
                .containsExactly(Command.Action.CREATE, Command.Action.BLOCK, Command.Action.UNBLOCK);
    }

    @Test
    void shouldOpenNothingOnceItHasExpired() {
        String secret = "sk-expired-0123456789";
        ingress.accounting.put(key(secret, Role.MEMBER, System.currentTimeMillis() - 1));

        HttpResponse<String> refused = get(secret, "/v1/models");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(error(refused).getString("code")).isEqualTo("expired_key");
    }

    @Test
    void shouldOpenNothingWhileItsTeamIsBlocked() {
        post("/team/new", "{\"team_id\": \"red\"}");
        String key = generated("{\"team_id\": \"red\"}").getString("key");
        post("/team/block", "{\"team_id\": \"red\"}");

        HttpResponse<String> refused = get(key, "/v1/models");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(error(refused).getString("code")).isEqualTo("team_blocked");
    }

    @Test
    void shouldOpenNothingOnceItIsDeleted() {
        String key = generated("{\"key_alias\": \"nightly\"}").getString("key");
        HttpResponse<String> deleted = post("/key/delete", "{\"key_aliases\": [\"nightly\"]}");

        HttpResponse<String> refused = get(key, "/v1/models");

        assertThat(deleted.body()).isEqualTo("{\"deleted_keys\":[\"nightly\"]}");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(error(refused).getString("code")).isEqualTo("invalid_api_key");
    }

    @ParameterizedTest
    @CsvSource({"'', 401", "'\"grace_period\": \"1h\"', 200"})
    void shouldOpenWithTheSecretOfBeforeForAGraceAtMost(String grace, int status) {
        String before = generated("{}").getString("key");
        HttpResponse<String> rotated = post("/key/" + before + "/regenerate", "{" + grace + "}");

        HttpResponse<String> old = get(before, "/v1/models");

        String after = new JsonObject(rotated.body()).getString("key");
        assertThat(after).isNotEqualTo(before);
        assertThat(get(after, "/v1/models").statusCode()).isEqualTo(200);
        assertThat(old.statusCode()).isEqualTo(status);
    }

    @Test
    void shouldCallNoModelWhereItOnlyReads() {
        String secret = "sk-reader-0123456789";
        ingress.accounting.put(key(secret, Role.READ_ONLY, 0));

        HttpResponse<String> refused =
                ingress.answer(ingress.chat("smart", false).setHeader("authorization", "Bearer " + secret));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(error(refused).getString("code")).isEqualTo("read_only");
        assertThat(get(secret, "/v1/models").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/key/generate, {}", "/team/new, {}", "'/key/block', '{\"key\": \"key_sk-plain-0123456789\"}'"})
    void shouldChangeNothingForWhoIsNoAdmin(String path, String body) {
        String secret = "sk-plain-0123456789";
        ingress.accounting.put(key(secret, Role.MEMBER, 0));

        HttpResponse<String> refused = post(secret, path, body);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(ingress.accounting.commands).isEmpty();
    }

    @Test
    void shouldSeeItselfAndNobodyElse() {
        String secret = "sk-plain-0123456789";
        ingress.accounting.put(key(secret, Role.MEMBER, 0));
        generated("{}");

        HttpResponse<String> list = get(secret, "/key/list?return_full_object=true");

        assertThat(new JsonObject(list.body()).getInteger("total_count")).isEqualTo(1);
        assertThat(get(secret, "/key/info").body()).contains("key_sk-plain-0123456789");
    }

    @Test
    void shouldLetTheAdminOfATeamMakeKeysWithinItsTerms() {
        post(
                "/team/new",
                "{\"team_id\": \"red\", \"models\": [\"smart\"], \"max_budget\": 10, \"budget_duration\": \"1d\","
                        + " \"members_with_roles\": [{\"user_id\": \"ada\", \"role\": \"admin\"}]}");
        String ada = generated("{\"team_id\": \"red\", \"user_id\": \"ada\"}").getString("key");

        HttpResponse<String> within =
                post(ada, "/key/generate", "{\"max_budget\": 9, \"budget_duration\": \"1d\", \"models\": [\"smart\"]}");

        assertThat(within.statusCode()).as(within.body()).isEqualTo(200);
        assertThat(new JsonObject(within.body()).getString("team_id")).isEqualTo("red");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"max_budget\": 11, \"budget_duration\": \"1d\"}",
                "{\"models\": [\"secure\"]}",
                "{\"role\": \"admin\"}",
                "{\"team_id\": null}",
            })
    void shouldNotLetTheAdminOfATeamGiveMoreThanItHas(String body) {
        post(
                "/team/new",
                "{\"team_id\": \"red\", \"models\": [\"smart\"], \"max_budget\": 10, \"budget_duration\": \"1d\","
                        + " \"members_with_roles\": [{\"user_id\": \"ada\", \"role\": \"admin\"}]}");
        String ada = generated("{\"team_id\": \"red\", \"user_id\": \"ada\"}").getString("key");

        HttpResponse<String> refused = post(ada, "/key/generate", body);

        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"ceo, 403", "stranger, 403", "bob, 200"})
    void shouldLetTheAdminOfATeamMakeKeysOfItsMembersAlone(String user, int status) {
        post("/user/new", "{\"user_id\": \"ceo\", \"user_role\": \"proxy_admin\", \"auto_create_key\": false}");
        post(
                "/team/new",
                "{\"team_id\": \"red\", \"members_with_roles\": [{\"user_id\": \"ada\", \"role\": \"admin\"},"
                        + " {\"user_id\": \"bob\", \"role\": \"user\"}, {\"user_id\": \"ceo\", \"role\": \"user\"}]}");
        String ada = generated("{\"team_id\": \"red\", \"user_id\": \"ada\"}").getString("key");

        HttpResponse<String> made = post(ada, "/key/generate", "{\"user_id\": \"" + user + "\"}");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(status);
    }

    @Test
    void shouldNotBeAnAdminByTheNameOfOneWhoHasLeftItsTeam() {
        post("/user/new", "{\"user_id\": \"ceo\", \"user_role\": \"proxy_admin\", \"auto_create_key\": false}");
        post("/team/new", "{\"team_id\": \"red\"}");
        String ofTeam =
                generated("{\"team_id\": \"red\", \"user_id\": \"ceo\"}").getString("key");
        String own = generated("{\"user_id\": \"ceo\"}").getString("key");

        HttpResponse<String> refused = post(ofTeam, "/team/new", "{}");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(post(own, "/team/new", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSeeOthersOfItsUserInItsTeamAlone() {
        post(
                "/team/new",
                "{\"team_id\": \"red\", \"members_with_roles\": [{\"user_id\": \"bob\", \"role\": \"user\"}]}");
        generated("{\"user_id\": \"bob\"}");
        generated("{\"user_id\": \"bob\", \"team_id\": \"red\"}");
        String bob = generated("{\"user_id\": \"bob\", \"team_id\": \"red\"}").getString("key");

        HttpResponse<String> list = get(bob, "/key/list");

        assertThat(new JsonObject(list.body()).getInteger("total_count")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"DATABASE_AWAY, 503", "CONFLICT, 409", "TAKEN, 409"})
    void shouldSayThatAChangeWasNotDone(CommandRefusal.Reason reason, int status) {
        ingress.accounting.refuses = reason;

        HttpResponse<String> refused = post("/key/generate", "{}");

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.headers().firstValue("retry-after").isPresent()).isEqualTo(status == 503);
    }

    @Test
    void shouldMakeAChangeThatMeetsManyOthers() {
        ingress.accounting.conflicts.set(12);

        HttpResponse<String> made = post("/team/new", "{\"team_id\": \"crowd\"}");

        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(ingress.accounting.commands).hasSize(13);
    }

    @Test
    void shouldSayWhatAKeyHasSpent() {
        JsonObject made = generated("{}");
        ingress.ledger.spends = scope -> Future.succeededFuture(
                scope == Scope.KEY ? Map.of(made.getString("key_id"), new Money(12_500_000)) : Map.of());

        HttpResponse<String> info = get(made.getString("key"), "/key/info");

        assertThat(info.body()).contains("\"spend\":0.0000125");
        assertThat(made.getInteger("spend")).isZero();
    }

    @Test
    void shouldSayOfNobodyThatItSpentNothingWhileTheLedgerCanNotBeRead() {
        String key = generated("{}").getString("key");
        ingress.ledger.spends = scope -> Future.failedFuture("away");

        HttpResponse<String> info = get(key, "/key/info");

        assertThat(info.statusCode()).isEqualTo(200);
        assertThat(info.body()).contains("\"spend\":null");
    }

    @Test
    void shouldChangeOnlyWhatIsSaid() {
        String key = generated("{\"max_budget\": 5, \"rpm_limit\": 3, \"key_alias\": \"a\"}")
                .getString("key");

        HttpResponse<String> changed =
                post("/key/update", "{\"key\": \"" + key + "\", \"rpm_limit\": null, \"max_budget\": 6}");

        JsonObject now = new JsonObject(changed.body());
        assertThat(now.getValue("rpm_limit")).isNull();
        assertThat(now.getInteger("max_budget")).isEqualTo(6);
        assertThat(now.getString("key_alias")).isEqualTo("a");
    }

    private static Control.Key key(String secret, Role role, long expiresAt) {
        return new KeyDraft("key_" + secret, dev.laneway.runtime.config.FileKey.digest(secret), 0)
                .role(role)
                .expiresAt(expiresAt)
                .by("cmd_1", 1)
                .build();
    }
}
