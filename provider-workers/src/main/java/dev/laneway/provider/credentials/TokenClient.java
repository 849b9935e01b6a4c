package dev.laneway.provider.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.provider.credentials.GoogleTokens.Fetched;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Google for access tokens: "Using OAuth 2.0 for Server to Server Applications", an assertion signed by the service account (RFC
 * 7523), good for an hour. One context.
 */
final class TokenClient implements GoogleTokens.Fetch {
    private static final Logger LOG = LoggerFactory.getLogger(TokenClient.class);
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final long ASSERTION_SECONDS = 3_600;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;

    TokenClient(Vertx vertx) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(5_000));
    }

    @Override
    public Future<Fetched> fetch(ServiceAccount account, long now) {
        String form = "grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion="
                + assertion(account, now / 1_000);
        RequestOptions to = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(account.tokenUri().toString())
                .setTimeout(PATIENCE_MILLIS)
                .putHeader("content-type", "application/x-www-form-urlencoded")
                .putHeader("accept", "application/json");
        return client.request(to)
                .compose(request -> request.send(Buffer.buffer(form)))
                .compose(answer -> answer.body().map(body -> read(account, answer.statusCode(), body)))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(away -> {
                    LOG.warn(
                            "no token for {}: {} can't be reached",
                            account.email(),
                            account.tokenUri().getHost());
                    return unreachable();
                });
    }

    /** The signed claim that the account is who it says, to be exchanged for a token. */
    static String assertion(ServiceAccount account, long nowSeconds) {
        String header = JSON.createObjectNode()
                .put("alg", "RS256")
                .put("typ", "JWT")
                .put("kid", account.keyId())
                .toString();
        String claims = JSON.createObjectNode()
                .put("iss", account.email())
                .put("scope", SCOPE)
                .put("aud", account.tokenUri().toString())
                .put("iat", nowSeconds)
                .put("exp", nowSeconds + ASSERTION_SECONDS)
                .toString();
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + '.' + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(account.key());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a key of RSA can sign", impossible);
        }
    }

    private static Fetched read(ServiceAccount account, int status, Buffer body) {
        JsonNode answer = json(body);
        String token = answer.path("access_token").asText();
        long seconds = answer.path("expires_in").asLong();
        if (status == 200 && !token.isEmpty() && seconds > 0) {
            return new Fetched.Granted(token, TimeUnit.SECONDS.toMillis(seconds));
        }
        String error = answer.path("error").asText();
        LOG.warn(
                "no token for {}: {} answered {} {}",
                account.email(),
                account.tokenUri().getHost(),
                status,
                error.matches("[a-z_]{1,40}") ? error : "");
        return status == 429 || status >= 500 || status == 200
                ? unreachable()
                : new Fetched.Failed(
                        Failure.of(FailureKind.UNAUTHORIZED, "The vendor gave the gateway's account no token."));
    }

    private static JsonNode json(Buffer body) {
        try {
            return body.length() > LARGEST_ANSWER ? JSON.missingNode() : JSON.readTree(body.getBytes());
        } catch (JsonProcessingException malformed) {
            return JSON.missingNode();
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException("bytes can be read", impossible);
        }
    }

    private static Fetched unreachable() {
        return new Fetched.Failed(
                Failure.of(FailureKind.UNREACHABLE, "The vendor's sign-in service could not be reached."));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
