package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vertex AI by a service account: its key file names where tokens are had, and a token signs in each call. */
class VertexIT extends OneGateway {
    private static final KeyPair KEYS = keys();
    private static final String PATH = "/v1/projects/acme-prod/locations/europe-west4/publishers/google/models/sim";

    /** What was asked for a token by. */
    private final Queue<JsonNode> claims = new ConcurrentLinkedQueue<>();

    private HttpServer tokens;
    private Path folder;

    @Override
    String config() {
        try {
            folder = Files.createTempDirectory("laneway-vertex");
            tokens = vertx.createHttpServer().requestHandler(this::token);
            tokens.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
            Path good = account("good.json", "/token");
            Path refused = account("refused.json", "/refused");
            return "model_list:\n" + vertex("gem", "sim", good) + vertex("claude", "claude-sim", good)
                    + vertex("vertex_ai/*", "*", good)
                    + vertex("gem-refused", "sim", refused)
                    + Configs.openAi("oai", "sim", simulator.baseUrl())
                    + """
                    lanes:
                      premium: {privacy: cloud_allowed}
                    routes:
                      vertex: {lane: premium, chain: [gem]}
                      claude: {lane: premium, chain: [claude]}
                      signed-out: {lane: premium, chain: [gem-refused, oai]}
                      vertex_ai/*: {lane: premium, chain: ["vertex_ai/*"]}
                    router_settings: {num_retries: 0}
                    litellm_settings: {request_timeout: 30}
                    """;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private String vertex(String name, String model, Path account) {
        return """
                  - model_name: %s
                    litellm_params: {model: vertex_ai/%s, api_base: "%s", vertex_credentials: "%s", vertex_location: europe-west4, timeout: 5, stream_timeout: 5}
                """.formatted(name, model, simulator.baseUrl(), account);
    }

    private Path account(String name, String path) throws IOException {
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(KEYS.getPrivate().getEncoded())
                .replace("\n", "\\n");
        return Files.writeString(folder.resolve(name), """
                {"type": "service_account", "project_id": "acme-prod", "private_key_id": "k1",
                 "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
                 "client_email": "gateway@acme-prod.iam.gserviceaccount.com", "token_uri": "http://127.0.0.1:%d%s"}
                """.formatted(key, tokens.actualPort(), path));
    }

    private void token(HttpServerRequest request) {
        if (!request.path().equals("/token")) {
            request.response().setStatusCode(401).end("{\"error\":\"invalid_grant\"}");
            return;
        }
        request.setExpectMultipart(true);
        request.end().onSuccess(read -> {
            String[] parts = request.getFormAttribute("assertion").split("\\.");
            claims.add(verified(parts));
            request.response()
                    .putHeader("content-type", "application/json")
                    .end("{\"access_token\":\"ya29.a-token\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
        });
    }

    /** What a token was asked for by, if its signature is the account's. */
    private static JsonNode verified(String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEYS.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            boolean good = signature.verify(Base64.getUrlDecoder().decode(parts[2]));
            return good ? Http.JSON.readTree(Base64.getUrlDecoder().decode(parts[1])) : Http.JSON.createObjectNode();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    void closeTokens() throws Exception {
        tokens.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAnswerByVertex(boolean stream) throws Exception {
        HttpResponse<String> answer = Http.chat(gateway, Http.question("vertex", stream));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(lastCall().path()).startsWith(PATH + (stream ? ":streamGenerateContent" : ":generateContent"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAnswerByClaudeOnVertexForClientsOfBothDialects(boolean stream) throws Exception {
        HttpResponse<String> translated = Http.chat(gateway, Http.question("claude", stream));
        HttpResponse<String> passed = Http.post(
                gateway,
                "/v1/messages",
                Http.question("claude", stream).replace("{\"model\"", "{\"max_tokens\":99,\"model\""));

        assertThat(translated.statusCode()).as(translated::body).isEqualTo(200);
        assertThat(passed.statusCode()).as(passed::body).isEqualTo(200);
        assertThat(lastCall().path())
                .isEqualTo(PATH.replace("google/models/sim", "anthropic/models/claude-sim")
                        + (stream ? ":streamRawPredict" : ":rawPredict"));
    }

    @ParameterizedTest
    @CsvSource({"claude-sim, anthropic/models/claude-sim:rawPredict", "sim, google/models/sim:generateContent"})
    void shouldGoByTheModelsNameBehindAPattern(String model, String path) throws Exception {
        HttpResponse<String> answer = Http.chat(gateway, Http.question("vertex_ai/" + model));

        assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
        assertThat(lastCall().path()).isEqualTo(PATH.replace("google/models/sim", path));
    }

    @Test
    void shouldSignInOnceForManyCalls() throws Exception {
        List<Integer> statuses = List.of(
                Http.chat(gateway, Http.question("vertex")).statusCode(),
                Http.chat(gateway, Http.question("vertex")).statusCode());

        assertThat(statuses).containsOnly(200);
        assertThat(claims).singleElement().satisfies(asked -> {
            assertThat(asked.path("iss").asText()).isEqualTo("gateway@acme-prod.iam.gserviceaccount.com");
            assertThat(asked.path("scope").asText()).isEqualTo("https://www.googleapis.com/auth/cloud-platform");
            assertThat(asked.path("aud").asText()).endsWith("/token");
        });
    }

    @Test
    void shouldFallBackWhereTheAccountIsRefused() throws Exception {
        HttpResponse<String> answer = Http.chat(gateway, Http.question("signed-out"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Http.header(answer, "x-laneway-fallbacks")).isEqualTo("1");
        assertThat(answer.body()).doesNotContain("PRIVATE KEY");
    }
}
