package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.FileKey;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** An ingress for each test, asked by holders of keys; without a key's secret it is asked by the holder of the master key. */
abstract class AskedIngress {
    static final String MEMBER = "sk-lw-member-0123456789";
    static final String TEAM_ADMIN = "sk-lw-team-admin-0123456789";

    final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    /** Team red, with {@code key_member} and {@code key_admin}. */
    void knowTeamRed() {
        ingress.directory.put(
                new Control.Team(1, "red", "Reds", Terms.NONE, Map.of(), false, false, null, Map.of(), 0));
        ingress.directory.put(ofTeamRed("key_member", MEMBER, Role.MEMBER));
        ingress.directory.put(ofTeamRed("key_admin", TEAM_ADMIN, Role.TEAM_ADMIN));
    }

    private static Control.Key ofTeamRed(String id, String secret, Role role) {
        return new KeyDraft(id, FileKey.digest(secret), 0)
                .team("red")
                .role(role)
                .by("cmd_1", 1)
                .build();
    }

    HttpResponse<String> post(String path, String body) {
        return ingress.answer(ingress.post(path, body));
    }

    HttpResponse<String> post(String key, String path, String body) {
        return ingress.answer(ingress.post(path, body).setHeader("authorization", "Bearer " + key));
    }

    HttpResponse<String> get(String key, String path) {
        return ingress.answer(ingress.request(path).setHeader("authorization", "Bearer " + key));
    }

    HttpResponse<String> send(String method, String path, String body) {
        return ingress.answer(ingress.request(path).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    JsonObject done(String method, String path, String body, int status) {
        HttpResponse<String> answer = send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }

    static JsonObject error(HttpResponse<String> refused) {
        return new JsonObject(refused.body()).getJsonObject("error");
    }
}
