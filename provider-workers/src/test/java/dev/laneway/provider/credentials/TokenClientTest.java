package dev.laneway.provider.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.contracts.FailureKind;
import dev.laneway.provider.credentials.GoogleTokens.Fetched;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenClientTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<String> form = new AtomicReference<>();
    private volatile int status = 200;
    private volatile String answer = "{\"access_token\":\"ya29.t\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";
    private String address;

    @BeforeEach
    void open() throws Exception {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    form.set(body.toString());
                    request.response().setStatusCode(status).end(answer);
                }))
                .listen(0, "127.0.0.1"));
        address = "http://127.0.0.1:" + server.actualPort() + "/token";
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void shouldGetAToken() throws Exception {
        Fetched fetched = fetch(address);

        assertThat(fetched).isEqualTo(new Fetched.Granted("ya29.t", 3_599_000));
        assertThat(form.get())
                .startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
    }

    @Test
    void shouldSignTheAssertion() throws Exception {
        fetch(address);

        String[] parts = URLDecoder.decode(form.get().replaceAll(".*assertion=", ""), StandardCharsets.UTF_8)
                .split("\\.");
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(Accounts.KEYS.getPublic());
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(json(parts[0]))
                .isEqualTo(new JsonMapper().readTree("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}"));
        JsonNode claims = json(parts[1]);
        assertThat(claims.path("iss").asText()).isEqualTo("gateway@acme-prod.iam.gserviceaccount.com");
        assertThat(claims.path("aud").asText()).isEqualTo(address);
        assertThat(claims.path("scope").asText()).isEqualTo("https://www.googleapis.com/auth/cloud-platform");
        assertThat(claims.path("iat").asLong()).isEqualTo(1_700_000_000);
        assertThat(claims.path("exp").asLong()).isEqualTo(1_700_003_600);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"error":"invalid_grant","error_description":"Invalid JWT Signature."} | UNAUTHORIZED
            401 | {"error":"invalid_client"}                                             | UNAUTHORIZED
            429 | {}                                                                     | UNREACHABLE
            503 | no JSON                                                                | UNREACHABLE
            200 | {"token_type":"Bearer"}                                                | UNREACHABLE
            """)
    void shouldTypeARefusal(int code, String body, FailureKind kind) throws Exception {
        status = code;
        answer = body;

        Fetched fetched = fetch(address);

        assertThat(fetched).isInstanceOfSatisfying(Fetched.Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(kind);
            assertThat(failed.failure().message()).doesNotContain("JWT");
        });
    }

    @Test
    void shouldSayThatNobodyAnswers() throws Exception {
        Fetched fetched = fetch("http://127.0.0.1:9/token");

        assertThat(fetched)
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.UNREACHABLE));
    }

    private Fetched fetch(String tokenUri) throws Exception {
        return await(new TokenClient(vertx).fetch(Accounts.account(tokenUri), 1_700_000_000_123L));
    }

    private static JsonNode json(String part) throws Exception {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(part));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
