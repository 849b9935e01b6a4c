package dev.laneway.runtime.config;

import java.net.URI;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys come from that calls to Amazon are signed with: what is written down of it, which the worker makes keys of. Holds
 * references to secrets, never a secret.
 */
public sealed interface AwsKeys {
    /** The secrets that it can't do without, and those that it has. */
    default Stream<SecretRef> secrets() {
        return switch (this) {
            case Unsigned _, Found _, Profile _ -> Stream.empty();
            case Stated stated -> Stream.concat(Stream.of(stated.id, stated.secret), Stream.ofNullable(stated.session));
            case Assumed assumed -> assumed.by.secrets();
            case WebIdentity identity -> Stream.of(identity.token);
        };
    }

    /** Tells it from another one, in words that hold no secret. */
    default String text() {
        return switch (this) {
            case Unsigned _ -> "  ";
            case Found _ -> "found";
            case Profile profile -> "profile " + profile.name;
            case Stated stated ->
                stated.id.text()
                        + ' '
                        + stated.secret.text()
                        + ' '
                        + (stated.session == null ? "" : stated.session.text());
            case Assumed assumed -> assumed.role.text() + " by " + assumed.by.text();
            case WebIdentity identity -> identity.role.text() + " by " + identity.token.text();
        };
    }

    /** None: calls go with the deployment's {@code apiKey} as a bearer, or unsigned where it has none. */
    record Unsigned() implements AwsKeys {}

    /**
     * An access key.
     *
     * @param session the token of a temporary one
     */
    record Stated(SecretRef id, SecretRef secret, @Nullable SecretRef session) implements AwsKeys {
        public Stated {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(secret, "secret");
        }
    }

    /** Whatever AWS's own chain finds where the worker runs: its environment, a profile, its container's or its machine's role. */
    record Found() implements AwsKeys {}

    /** A profile of the AWS files where the worker runs. */
    record Profile(String name) implements AwsKeys {
        public Profile {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * A role that other keys may take on ({@code AssumeRole}).
     *
     * @param by whose keys those are: stated, found or a profile's
     */
    record Assumed(Role role, AwsKeys by) implements AwsKeys {
        public Assumed {
            Objects.requireNonNull(role, "role");
            if (by instanceof Unsigned || by instanceof Assumed || by instanceof WebIdentity) {
                throw new IllegalArgumentException("a role is taken on by keys that are stated, found or a profile's");
            }
        }
    }

    /** A role that the bearer of a token may take on ({@code AssumeRoleWithWebIdentity}). */
    record WebIdentity(Role role, SecretRef token) implements AwsKeys {
        public WebIdentity {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(token, "token");
        }
    }

    /**
     * A role.
     *
     * @param arn such as {@code arn:aws:iam::123456789012:role/bedrock}
     * @param session what it is called in AWS's records
     * @param externalId what its owner wants to be told; null where nothing
     * @param sts where it is asked for; null for the region's own address
     */
    record Role(
            String arn,
            String session,
            @Nullable String externalId,
            @Nullable URI sts) {
        /** What a session is called that nobody named. */
        public static final String SESSION = "laneway";

        public Role {
            Objects.requireNonNull(arn, "arn");
            Objects.requireNonNull(session, "session");
        }

        private String text() {
            return arn + ' ' + session + ' ' + (externalId == null ? "" : externalId) + ' ' + (sts == null ? "" : sts);
        }
    }
}
