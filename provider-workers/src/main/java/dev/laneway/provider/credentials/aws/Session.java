package dev.laneway.provider.credentials.aws;

import dev.laneway.provider.credentials.Credential;
import dev.laneway.runtime.config.SecretText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys to sign with. Prints no secret.
 *
 * @param token that goes with temporary ones
 * @param until epoch milliseconds; {@link #LASTING} where they have no end
 */
record Session(SecretText id, SecretText secret, @Nullable SecretText token, long until) {
    static final long LASTING = Long.MAX_VALUE;

    Session {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(secret, "secret");
    }

    Credential.Aws in(String region) {
        return new Credential.Aws(region, id, secret, token);
    }
}
