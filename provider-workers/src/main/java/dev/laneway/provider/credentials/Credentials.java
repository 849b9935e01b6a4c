package dev.laneway.provider.credentials;

import dev.laneway.dialects.UpstreamCall;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Puts credentials on calls. One context. */
public final class Credentials {
    private final GoogleTokens google;
    private final LongSupplier wallClock;

    /** @param wallClock epoch milliseconds, as the rest of the world has them: signatures and assertions are good for minutes */
    public Credentials(Vertx vertx, LongSupplier wallClock) {
        this.google = new GoogleTokens(new TokenClient(vertx), wallClock);
        this.wallClock = wallClock;
    }

    /**
     * The call as it is to be sent. At once, but where a token has to be fetched first. Does not fail: that there are no credentials is
     * {@link Authorization.Denied}. Nothing of the call may be changed afterwards, because its bytes may be signed.
     */
    public Future<Authorization> authorize(UpstreamCall call, Credential credential) {
        return switch (credential) {
            case Credential.None _, Credential.Missing _, Credential.Key _ -> given(call);
            case Credential.Bearer(var token) -> given(bearer(call, token.reveal()));
            case Credential.Aws aws -> given(SigV4.BEDROCK.sign(call, aws, wallClock.getAsLong()));
            case Credential.Google(var account) ->
                google.token(account).map(token -> switch (token) {
                    case GoogleTokens.Token.Got(var text) -> new Authorization.Given(bearer(call, text));
                    case GoogleTokens.Token.Failed(var failure) -> new Authorization.Denied(failure);
                });
        };
    }

    /** The vendor answered 401 to a call: a token that was kept is not used again. */
    public void refused(UpstreamCall call, Credential credential) {
        if (credential instanceof Credential.Google(var account)) {
            google.refused(account, call.headers().getOrDefault("authorization", ""));
        }
    }

    private static Future<Authorization> given(UpstreamCall call) {
        return Future.succeededFuture(new Authorization.Given(call));
    }

    private static UpstreamCall bearer(UpstreamCall call, String token) {
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.put("authorization", "Bearer " + token);
        return new UpstreamCall(call.url(), headers, call.body(), call.notes());
    }
}
