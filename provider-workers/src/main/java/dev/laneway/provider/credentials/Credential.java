package dev.laneway.provider.credentials;

import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a deployment's calls are authorised by, found on this machine. Prints no secret. */
public sealed interface Credential {
    /** The vendor wants none. */
    record None() implements Credential {}

    /**
     * One is configured, and is not there or can't be used.
     *
     * @param why for the log; holds no secret
     */
    record Missing(String why) implements Credential {
        public Missing {
            Objects.requireNonNull(why, "why");
        }

        /** A key that this machine does not have. */
        public Missing() {
            this("its key is missing");
        }
    }

    /** A static key, which the vendor's dialect puts on a call. */
    record Key(SecretText key) implements Credential {
        public Key {
            Objects.requireNonNull(key, "key");
        }
    }

    /** A static token that goes as a bearer where the vendor's keys go otherwise. */
    record Bearer(SecretText token) implements Credential {
        public Bearer {
            Objects.requireNonNull(token, "token");
        }
    }

    /** An AWS access key, to sign with for a region; with a session token where it is a temporary one. */
    record Aws(
            String region,
            SecretText accessKeyId,
            SecretText secretAccessKey,
            @Nullable SecretText sessionToken) implements Credential {
        public Aws {
            Objects.requireNonNull(region, "region");
            Objects.requireNonNull(accessKeyId, "accessKeyId");
            Objects.requireNonNull(secretAccessKey, "secretAccessKey");
        }
    }

    /** A Google service account, which tokens are asked for. */
    record Google(ServiceAccount account) implements Credential {
        public Google {
            Objects.requireNonNull(account, "account");
        }
    }

    /** What a deployment has; may read files and ask others, so not on an event loop. */
    static Credential of(Deployment deployment, KeyResolver keys, AwsKeySource source) {
        return switch (deployment.cloud()) {
            case null -> key(deployment.apiKey(), keys);
            case CloudAccess.Aws aws ->
                switch (aws.keys()) {
                    case AwsKeys.Unsigned _ -> key(deployment.apiKey(), keys);
                    case AwsKeys.Stated(var id, var secret, var session) ->
                        aws(aws.region(), id, secret, session, keys);
                    case AwsKeys.Found _, AwsKeys.Profile _, AwsKeys.Assumed _, AwsKeys.WebIdentity _ ->
                        source.find(aws, keys);
                };
            case CloudAccess.Google google -> google(google.serviceAccount(), keys);
            case CloudAccess.Azure(var _, var adToken) ->
                adToken == null
                        ? key(deployment.apiKey(), keys)
                        : keys.find(adToken).<Credential>map(Bearer::new).orElseGet(Missing::new);
        };
    }

    private static Credential key(@Nullable SecretRef reference, KeyResolver keys) {
        return reference == null
                ? new None()
                : keys.find(reference).<Credential>map(Key::new).orElseGet(Missing::new);
    }

    private static Credential aws(
            String region, SecretRef id, SecretRef secret, @Nullable SecretRef session, KeyResolver keys) {
        Optional<SecretText> keyId = keys.find(id);
        Optional<SecretText> key = keys.find(secret);
        Optional<SecretText> token = session == null ? Optional.empty() : keys.find(session);
        if (keyId.isEmpty() || key.isEmpty() || (session != null && token.isEmpty())) {
            return new Missing();
        }
        return new Aws(region, keyId.get(), key.get(), token.orElse(null));
    }

    /** The JSON, or the path of a file with it, as the environment's variables have either. */
    private static Credential google(SecretRef reference, KeyResolver keys) {
        return keys.find(reference)
                .map(SecretText::reveal)
                .flatMap(text -> text.stripLeading().startsWith("{")
                        ? Optional.of(text)
                        : keys.find(new SecretRef.File(Path.of(text.strip()))).map(SecretText::reveal))
                .flatMap(ServiceAccount::parse)
                .<Credential>map(Google::new)
                .orElseGet(Missing::new);
    }
}
