package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
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
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is in a team, and what each may spend in it, by LiteLLM's paths. */
class TeamMembersTest {
    private static final String ADA = "sk-ada-0123456789abc";
    private static final String BOB = "sk-bob-0123456789abc";
    private static final String READER = "sk-reader-0123456789";

    private final TestIngress ingress = TestIngress.start();

    @BeforeEach
    void aTeam() {
        for (String user : List.of("ada", "bob", "free", "other")) {
            ingress.accounting.put(new Control.User(
                    1, user, null, user + "@example.com", null, Terms.NONE, false, false, null, Map.of(), 0));
        }
        Terms terms = new Terms(
                List.of("smart"),
                null,
                null,
                List.of(),
                null,
                null,
                List.of(Budget.of(Money.ofDollars("100"), BudgetPeriod.of("30d"))),
                null,
                null);
        ingress.accounting.put(new Control.Team(
                1,
                "red",
                "Reds",
                terms,
                Map.of("ada", Role.TEAM_ADMIN, "bob", Role.MEMBER),
                false,
                false,
                null,
                Map.of(),
                0));
        ingress.accounting.put(new Control.Team(
                1, "blue", null, Terms.NONE, Map.of("other", Role.MEMBER), false, false, null, Map.of(), 0));
        ingress.accounting.put(key("key_ada", ADA, "ada", null));
        ingress.accounting.put(key("key_bob", BOB, "bob", null));
        ingress.accounting.put(key("key_reader", READER, null, Role.READ_ONLY));
    }

    @AfterEach
    void close() {
        ingress.close();
    }

    private static Control.Key key(String id, String secret, @Nullable String user, @Nullable Role role) {
        return new KeyDraft(id, FileKey.digest(secret), 0)
                .team("red")
                .user(user)
                .role(role)
                .by("cmd_1", 1)
                .build();
    }

    private HttpResponse<String> post(String key, String path, String body) {
        return ingress.answer(ingress.post(path, body).setHeader("authorization", "Bearer " + key));
    }

    private JsonObject done(String key, String path, String body) {
        HttpResponse<String> answer = post(key, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static String param(HttpResponse<String> refused) {
        return new JsonObject(refused.body()).getJsonObject("error").getString("param");
    }

    private Terms held(String user) {
        return ingress.directory.terms(Scope.MEMBER, "red/" + user);
    }

    @Test
    void shouldHoldThoseWhomItTakesInToABudgetOfTheirOwn() {
        JsonObject team = done(
                TestIngress.KEY,
                "/team/member_add",
                "{\"team_id\": \"red\", \"member\": [{\"user_id\": \"free\", \"role\": \"user\"},"
                        + " {\"user_email\": \"Other@example.com\", \"role\": \"admin\"}],"
                        + " \"max_budget_in_team\": \"10.5\", \"budget_duration\": \"30d\", \"allowed_models\": [\"smart\"]}");

        assertThat(held("free").budgets()).containsExactly(Budget.of(Money.ofDollars("10.5"), BudgetPeriod.of("1mo")));
        assertThat(held("other")).isEqualTo(held("free"));
        assertThat(ingress.directory.team("red").members())
                .isEqualTo(Map.of(
                        "ada", Role.TEAM_ADMIN, "bob", Role.MEMBER, "free", Role.MEMBER, "other", Role.TEAM_ADMIN));
        assertThat(team.getString("team_id")).isEqualTo("red");
        JsonObject membership = team.getJsonArray("updated_team_memberships").getJsonObject(0);
        assertThat(membership.getString("user_id")).isEqualTo("free");
        assertThat(membership.getJsonObject("litellm_budget_table").getDouble("max_budget"))
                .isEqualTo(10.5);
        assertThat(team.getJsonArray("updated_users").getJsonObject(1).getString("user_email"))
                .isEqualTo("other@example.com");
        assertThat(ingress.accounting.commands)
                .extracting(command -> command.entity().key())
                .containsExactly("purse/member/red/free", "purse/member/red/other", "team/red");
    }

    @Test
    void shouldShowWhatMembersAreHeldToAndHaveSpent() {
        done(
                TestIngress.KEY,
                "/team/member_update",
                "{\"team_id\": \"red\", \"user_id\": \"bob\", \"max_budget_in_team\": 4}");
        ingress.ledger.spends = scope ->
                Future.succeededFuture(scope == Scope.MEMBER ? Map.of("red/bob", Money.ofDollars("3")) : Map.of());

        JsonArray all = memberships(TestIngress.KEY);
        JsonArray own = memberships(BOB);

        assertThat(all.size()).isEqualTo(2);
        assertThat(all.getJsonObject(0).getValue("litellm_budget_table")).isNull();
        assertThat(own.size()).isEqualTo(1);
        assertThat(own.getJsonObject(0).getInteger("spend")).isEqualTo(3);
        assertThat(own.getJsonObject(0).getJsonObject("litellm_budget_table").getInteger("max_budget"))
                .isEqualTo(4);
    }

    private JsonArray memberships(String key) {
        HttpResponse<String> info =
                ingress.answer(ingress.request("/team/info?team_id=red").setHeader("authorization", "Bearer " + key));
        return new JsonObject(info.body()).getJsonArray("team_memberships");
    }

    @Test
    void shouldChangeRoleAndTermsOfAMemberAlone() {
        JsonObject changed = done(
                TestIngress.KEY,
                "/team/member_update",
                "{\"team_id\": \"red\", \"user_email\": \"bob@example.com\", \"role\": \"admin\","
                        + " \"max_budget_in_team\": 7, \"rpm_limit\": \"5\", \"tpm_limit\": 900}");
        done(
                TestIngress.KEY,
                "/team/member_update",
                "{\"team_id\": \"red\", \"user_id\": \"bob\", \"max_budget_in_team\": null}");

        assertThat(ingress.directory.team("red").members()).containsEntry("bob", Role.TEAM_ADMIN);
        assertThat(changed.getString("user_id")).isEqualTo("bob");
        assertThat(changed.getInteger("max_budget_in_team")).isEqualTo(7);
        assertThat(held("bob")).isEqualTo(Terms.limited(new RateLimits(5, 900, 0, 0, 0, 0)));
    }

    @Test
    void shouldAskForNothingWhereNothingChanges() {
        String body = "{\"team_id\": \"red\", \"user_id\": \"bob\", \"max_budget_in_team\": 7}";
        done(TestIngress.KEY, "/team/member_update", body);

        done(TestIngress.KEY, "/team/member_update", body);

        assertThat(ingress.accounting.commands).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_budget_in_team | {\"team_id\": \"red\", \"user_id\": \"bob\", \"max_budget_in_team\": \"ten\"}",
                "budget_duration | {\"team_id\": \"red\", \"user_id\": \"bob\", \"budget_duration\": \"1d\"}",
                "max_budget_in_team | {\"team_id\": \"red\", \"user_id\": \"bob\"}",
                "user_id | {\"team_id\": \"red\", \"user_id\": \"free\", \"role\": \"user\"}",
                "user_id | {\"team_id\": \"red\", \"role\": \"user\"}",
                "user_email | {\"team_id\": \"red\", \"user_email\": \"no@example.com\", \"role\": \"user\"}",
                "user_email | {\"team_id\": \"red\", \"user_id\": \"bob\", \"user_email\": \"ada@example.com\", \"role\": \"user\"}",
                "role | {\"team_id\": \"red\", \"user_id\": \"bob\", \"role\": \"emperor\"}",
                "guardrails | {\"team_id\": \"red\", \"user_id\": \"bob\", \"role\": \"user\", \"guardrails\": [\"x\"]}",
                "team_id | {\"user_id\": \"bob\", \"role\": \"user\"}",
            })
    void shouldSayWhichFieldIsWrong(String field, String body) {
        HttpResponse<String> refused = post(TestIngress.KEY, "/team/member_update", body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(param(refused)).isEqualTo(field);
        assertThat(ingress.accounting.commands).isEmpty();
    }

    @Test
    void shouldHoldNobodyWhomItMayNotTakeIn() {
        HttpResponse<String> refused = post(
                ADA,
                "/team/member_add",
                "{\"team_id\": \"red\", \"member\": {\"user_id\": \"other\", \"role\": \"user\"}, \"max_budget_in_team\": 1}");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(ingress.accounting.commands).isEmpty();
    }

    @Test
    void shouldLetTheAdminOfATeamSayWhatItsMembersMaySpend() {
        done(ADA, "/team/member_update", "{\"team_id\": \"red\", \"user_id\": \"bob\", \"max_budget_in_team\": 4}");

        assertThat(ingress.accounting.commands)
                .extracting(Command::actor, Command::action)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("key_ada", Command.Action.CREATE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ADA + " | {\"team_id\": \"red\", \"user_id\": \"ada\", \"max_budget_in_team\": null}",
                ADA
                        + " | {\"team_id\": \"red\", \"user_id\": \"bob\", \"max_budget_in_team\": 101, \"budget_duration\": \"30d\"}",
                ADA + " | {\"team_id\": \"red\", \"user_id\": \"bob\", \"allowed_models\": [\"dear\"]}",
                BOB + " | {\"team_id\": \"red\", \"user_id\": \"bob\", \"max_budget_in_team\": 1}",
                BOB + " | {\"team_id\": \"red\", \"user_id\": \"bob\", \"role\": \"admin\"}",
                READER + " | {\"team_id\": \"red\", \"user_id\": \"bob\", \"max_budget_in_team\": 1}",
            })
    void shouldLetNobodyGiveWhatIsNotTheirs(String key, String body) {
        HttpResponse<String> refused = post(key, "/team/member_update", body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(ingress.accounting.commands).isEmpty();
    }

    @Test
    void shouldTellTheAdminOfATeamNoAddressOfOthers() {
        HttpResponse<String> known = post(
                ADA,
                "/team/member_add",
                "{\"team_id\": \"red\", \"member\": {\"user_email\": \"other@example.com\", \"role\": \"user\"}}");
        HttpResponse<String> unknown = post(
                ADA,
                "/team/member_add",
                "{\"team_id\": \"red\", \"member\": {\"user_email\": \"nobody@example.com\", \"role\": \"user\"}}");

        assertThat(known.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(known.body()).getJsonObject("error").getString("message"))
                .isEqualTo(new JsonObject(unknown.body()).getJsonObject("error").getString("message"));
    }

    @Test
    void shouldHoldWhoeverComesBackToWhatHeldBefore() {
        done(
                TestIngress.KEY,
                "/team/member_update",
                "{\"team_id\": \"red\", \"user_id\": \"bob\", \"max_budget_in_team\": 4}");

        JsonObject team = done(
                TestIngress.KEY, "/team/member_delete", "{\"team_id\": \"red\", \"user_email\": \"bob@example.com\"}");

        assertThat(team.getJsonArray("members_with_roles").size()).isEqualTo(1);
        assertThat(held("bob").budgets()).hasSize(1);
    }

    @Test
    void shouldListTheModelsThatAMemberMayCall() {
        done(
                TestIngress.KEY,
                "/team/member_update",
                "{\"team_id\": \"red\", \"user_id\": \"bob\", \"allowed_models\": [\"none\"]}");

        HttpResponse<String> models =
                ingress.answer(ingress.request("/v1/models").setHeader("authorization", "Bearer " + BOB));
        HttpResponse<String> refused =
                ingress.answer(ingress.chat("smart", false).setHeader("authorization", "Bearer " + BOB));

        assertThat(new JsonObject(models.body()).getJsonArray("data")).isEmpty();
        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"red%2Fbob, 200", "red, 400", "red%2Fbob%2Fx, 400"})
    void shouldTakeTermsOfAMemberByTheirOwnPath(String id, int status) {
        HttpResponse<String> put = ingress.answer(ingress.request("/v1/terms/member/" + id)
                .method("PUT", java.net.http.HttpRequest.BodyPublishers.ofString("{\"terms\": {\"rpm_limit\": 3}}")));

        assertThat(put.statusCode()).as(put.body()).isEqualTo(status);
    }
}
