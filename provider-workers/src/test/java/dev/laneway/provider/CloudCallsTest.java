package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.provider.credentials.Accounts;
import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.SecretRef;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that need more than a static key. */
class CloudCallsTest {
    private static final SecretRef SECRET = new SecretRef.Env("A_SECRET");

    private final AtomicInteger asked = new AtomicInteger();
    private volatile int tokenStatus = 200;
    private Rig rig;
    private String tokenUri;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        HttpServer tokens = rig.vertx
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(tokenStatus)
                        .end("{\"access_token\":\"token-" + asked.incrementAndGet()
                                + "\",\"expires_in\":3600,\"error\":\"invalid_grant\"}"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        tokenUri = "http://127.0.0.1:" + tokens.actualPort() + "/token";
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldSignForAws() throws Exception {
        rig.cloud("d_1", new CloudAccess.Aws("eu-west-1", new AwsKeys.Stated(SECRET, SECRET, SECRET)))
                .open();

        rig.give(Scene.of("d_1"));

        ScriptedVendor.Call call = rig.vendor.next();
        assertThat(call.headers().get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=sk-secret/")
                .contains("/eu-west-1/bedrock/aws4_request, SignedHeaders=");
        assertThat(call.headers()).containsEntry("x-amz-security-token", "sk-secret");
    }

    @Test
    void shouldFetchATokenOnceForManyCalls() throws Exception {
        rig.key = Accounts.json(tokenUri);
        rig.cloud("d_1", new CloudAccess.Google(null, "global", SECRET)).open();

        rig.give(Scene.of("d_1"));
        rig.give(Scene.of("d_1"));

        assertThat(rig.vendor.next().headers()).containsEntry("authorization", "Bearer token-1");
        assertThat(rig.vendor.next().headers()).containsEntry("authorization", "Bearer token-1");
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldFailUncalledWhereNobodyGivesATokens() throws Exception {
        rig.key = Accounts.json("http://127.0.0.1:9/token");
        rig.cloud("d_1", new CloudAccess.Google(null, "global", SECRET)).open();

        rig.give(Scene.of("d_1"));

        FailedAttempt failed = rig.failed();
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failed.called()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldFailUncalledWhereTheAccountIsRefused() throws Exception {
        tokenStatus = 400;
        rig.key = Accounts.json(tokenUri);
        rig.cloud("d_1", new CloudAccess.Google(null, "global", SECRET)).open();

        rig.give(Scene.of("d_1"));

        assertThat(rig.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldSendATokenOfEntraAsABearer() throws Exception {
        rig.cloud("d_1", new CloudAccess.Azure("2024-10-21", SECRET)).open();

        rig.give(Scene.of("d_1"));

        assertThat(rig.vendor.next().headers()).containsEntry("authorization", "Bearer sk-secret");
    }
}
