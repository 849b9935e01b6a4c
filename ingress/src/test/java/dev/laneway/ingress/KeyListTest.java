package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Role;
import dev.laneway.runtime.config.FileKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What LiteLLM's scripts say beside terms: parameters of lists, fields of new keys and users. What is not kept to is refused. */
class KeyListTest extends AskedIngress {
    private HttpResponse<String> get(String path) {
        return ingress.answer(ingress.request(path));
    }

    private static Control.Key listed(String alias, long expiresAt, boolean blocked) {
        return new KeyDraft("key_" + alias, FileKey.digest(alias), 0)
                .alias(alias)
                .blocked(blocked)
                .expiresAt(expiresAt)
                .by("cmd_1", 1)
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status=active | Day, night",
                "status=revoked | over, stopped",
                "status=expired | ended",
                "expires=expired | ended, over",
                "expires=active&sort_by=key_alias&sort_order=asc | Day, night, stopped",
                "search=AY | Day",
                "key_alias=a&substring_matching=true | Day",
                "sort_by=key_alias&sort_order=desc | stopped, over, night, ended, Day",
                "include_team_keys=true&team_id=&key_alias=night | night",
            })
    void shouldListTheKeysThatAreMeant(String parameters, String aliases) {
        ingress.accounting.put(listed("night", 0, false));
        ingress.accounting.put(listed("Day", Long.MAX_VALUE - 1, false));
        ingress.accounting.put(listed("ended", 1, false));
        ingress.accounting.put(listed("stopped", 0, true));
        ingress.accounting.put(listed("over", 1, true));

        HttpResponse<String> list =
                get("/key/list?" + parameters + "&return_full_object=true&sort_by=key_alias&sort_order=asc");

        assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
        assertThat(new JsonObject(list.body())
                        .getJsonArray("keys").stream().map(key -> ((JsonObject) key).getString("key_alias")))
                .containsExactly(aliases.split(", "));
    }

    @ParameterizedTest
    @CsvSource({
        "/key/list?status=deleted, status",
        "/key/list?sort_by=spend, sort_by",
        "/key/list?organization_id=a, organization_id",
        "/key/list?sort_order=up, sort_order",
        "/team/list?organization_id=a, organization_id",
        "/user/list?team=a, team",
        "/v1/keys?status=expired, status",
        "/v1/users?email=a, email",
    })
    void shouldShowNoListWhereItWouldBeAnother(String path, String parameter) {
        HttpResponse<String> refused = get(path);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo(parameter);
    }

    @Test
    void shouldFindUsersByAddressRoleAndId() {
        post("/user/new", "{\"user_id\": \"ada\", \"user_email\": \"Ada@x.example\", \"user_role\": \"proxy_admin\"}");
        post("/user/new", "{\"user_id\": \"bob\", \"user_email\": \"bob@x.example\"}");

        for (String parameters : List.of("user_email=ada@", "role=proxy_admin", "user_ids=ada,eve")) {
            JsonObject found = new JsonObject(get("/user/list?" + parameters).body());
            assertThat(found.getJsonArray("users")).hasSize(1);
            assertThat(found.getJsonArray("users").getJsonObject(0).getString("user_id"))
                    .isEqualTo("ada");
        }
    }

    @Test
    void shouldChangeTheUserWhomAnAddressNames() {
        post("/user/new", "{\"user_id\": \"ada\", \"user_email\": \"Ada@x.example\"}");
        post("/user/new", "{\"user_id\": \"bob\", \"user_email\": \"bob@x.example\"}");

        HttpResponse<String> changed =
                post("/user/update", "{\"user_email\": \"ada@x.example\", \"user_alias\": \"Ada L.\"}");

        JsonObject data = new JsonObject(changed.body()).getJsonObject("data");
        assertThat(data.getString("user_id")).isEqualTo("ada");
        assertThat(data.getString("user_alias")).isEqualTo("Ada L.");
        assertThat(get("/user/info?user_id=bob").body()).doesNotContain("Ada L.");
    }

    @Test
    void shouldChangeNobodyWhereAnAddressIsOfNoneOrSeveral() {
        post("/user/new", "{\"user_id\": \"ada\", \"user_email\": \"us@x.example\"}");
        post("/user/new", "{\"user_id\": \"bob\", \"user_email\": \"us@x.example\"}");

        HttpResponse<String> several = post("/user/update", "{\"user_email\": \"us@x.example\"}");
        HttpResponse<String> none = post("/user/update", "{\"user_email\": \"no@x.example\"}");

        assertThat(several.statusCode()).isEqualTo(400);
        assertThat(error(several).getString("param")).isEqualTo("user_id");
        assertThat(error(several).getString("message")).contains("several");
        assertThat(none.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTakeWhatLiteLlmsClientsSayOfANewKey() {
        JsonObject made = new JsonObject(
                post("/key/generate", "{\"spend\": 0, \"key_type\": \"read_only\", \"config\": {}, \"aliases\": {}}")
                        .body());

        assertThat(made.getString("role")).isEqualTo("read_only");
        assertThat(made.getString("status")).isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource({
        "/team/update, team_id",
        "/team/member_add, team_id",
        "/team/block, team_id",
        "/user/update, user_id",
        "/budget/update, budget_id",
        "/budget/delete, id",
    })
    void shouldSayThatItIsNotSaidWhichOneIsMeant(String path, String field) {
        HttpResponse<String> refused = post(path, "{}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused).getString("param")).isEqualTo(field);
    }

    @Test
    void shouldTakeAnEmptyTextForNothing() {
        HttpResponse<String> made =
                post("/key/generate", "{\"duration\": \"\", \"budget_duration\": \"\", \"key_alias\": \"\"}");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(new JsonObject(made.body()).getValue("expires")).isNull();
    }

    @Test
    void shouldSayWhatTheWindowHasSpentAndWhatWasSpentEver() {
        JsonObject made = new JsonObject(post("/key/generate", "{\"max_budget\": 5, \"budget_duration\": \"1d\"}")
                .body());
        String id = made.getString("key_id");
        ingress.ledger.spends = scope -> Future.succeededFuture(Map.of(id, Money.ofDollars("4")));

        JsonObject info = new JsonObject(get("/key/info?key=" + id).body()).getJsonObject("info");
        assertThat(info.getInteger("spend")).isEqualTo(2);
        assertThat(info.getInteger("total_spend")).isEqualTo(4);
        assertThat(ingress.ledger.since.get(id) % 86_400_000).isZero();
        assertThat(new JsonObject(get("/v1/keys/" + id).body()).getInteger("spend"))
                .isEqualTo(4);
    }

    @Test
    void shouldTakeANewUserIntoItsTeams() {
        post("/team/new", "{\"team_id\": \"red\"}");
        post("/team/new", "{\"team_id\": \"blue\"}");

        post("/user/new", "{\"user_id\": \"ada\", \"teams\": [\"red\"]}");
        HttpResponse<String> bob = post(
                "/user/new", "{\"user_id\": \"bob\", \"teams\": [{\"team_id\": \"blue\", \"user_role\": \"admin\"}]}");

        assertThat(ingress.directory.team("red").members()).isEqualTo(Map.of("ada", Role.MEMBER));
        assertThat(ingress.directory.team("blue").members()).isEqualTo(Map.of("bob", Role.TEAM_ADMIN));
        assertThat(new JsonObject(bob.body()).getJsonArray("teams").getList()).isEqualTo(List.of("blue"));
    }

    @Test
    void shouldMakeNoUserForATeamThatIsNotThere() {
        HttpResponse<String> refused = post("/user/new", "{\"user_id\": \"ada\", \"teams\": [\"red\"]}");

        assertThat(error(refused).getString("param")).isEqualTo("teams");
        assertThat(ingress.directory.user("ada")).isNull();
    }
}
