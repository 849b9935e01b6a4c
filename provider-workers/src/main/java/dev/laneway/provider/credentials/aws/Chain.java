package dev.laneway.provider.credentials.aws;

import dev.laneway.provider.credentials.KeyResolver;
import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys of what a config says, by asking in the order that AWS's own tools have: the environment, a web identity's file, a profile,
 * the container, the machine. The first that is set up counts: what it can't give, nobody after it is asked for. Blocks, for seconds
 * where somebody is away. Safe across threads.
 */
final class Chain {
    private static final String NOTHING = "nothing here gives keys of AWS: no AWS_ACCESS_KEY_ID, web identity, profile,"
            + " container's role or machine's role";

    private final Environment environment;
    private final Profiles profiles;
    private final ContainerRole container;
    private final MachineRole machine;
    private final SecurityTokens tokens;

    /** @param clock epoch milliseconds */
    Chain(Environment environment, LongSupplier clock) {
        Wire here = Wire.direct();
        this.environment = environment;
        this.container = new ContainerRole(environment, here);
        this.machine = new MachineRole(environment, here);
        this.tokens = new SecurityTokens(environment, Wire.toAws(), clock);
        this.profiles = new Profiles(new ProfileFiles(environment), this);
    }

    /** @param region whose STS is asked where a role is taken on */
    Asked ask(AwsKeys wanted, String region, KeyResolver keys) {
        return switch (wanted) {
            case AwsKeys.Unsigned _ -> new Asked.Failed("its calls are not signed");
            case AwsKeys.Stated(var id, var secret, var session) -> {
                Optional<SecretText> token = session == null ? Optional.empty() : keys.find(session);
                yield session != null && token.isEmpty()
                        ? new Asked.Failed("its session token is missing")
                        : pair(keys.find(id), keys.find(secret), token);
            }
            case AwsKeys.Found _ -> found(region, keys);
            case AwsKeys.Profile(String name) ->
                there(profiles.ask(name, region, keys), "profile " + name + " has no keys in the AWS files here");
            case AwsKeys.Assumed(var role, AwsKeys.Found _)
            when isPodsOwn(role) -> podsOwn(role, region, keys); // it is not allowed to take itself on
            case AwsKeys.Assumed(var role, var by) -> assumed(role, ask(by, region, keys), region);
            case AwsKeys.WebIdentity(var role, var token) -> byToken(role, token, region, keys);
        };
    }

    private Asked found(String region, KeyResolver keys) {
        String profile = environment.get("AWS_PROFILE");
        List<Supplier<Asked>> sources = List.of(
                () -> environment(keys),
                () -> podsOwn(region, keys),
                () -> profile == null
                        ? profiles.ask("default", region, keys)
                        : ask(new AwsKeys.Profile(profile), region, keys),
                () -> container.ask(keys),
                machine::ask);
        return sources.stream()
                .map(Supplier::get)
                .filter(asked -> !(asked instanceof Asked.Absent))
                .findFirst()
                .orElseGet(() -> new Asked.Failed(NOTHING));
    }

    /** {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}, with {@code AWS_SESSION_TOKEN} or without. */
    Asked environment(KeyResolver keys) {
        Optional<SecretText> id = keys.find(new SecretRef.Env("AWS_ACCESS_KEY_ID"));
        return id.isEmpty()
                ? new Asked.Absent()
                : pair(
                        id,
                        keys.find(new SecretRef.Env("AWS_SECRET_ACCESS_KEY")),
                        keys.find(new SecretRef.Env("AWS_SESSION_TOKEN")));
    }

    Asked container(KeyResolver keys) {
        return there(container.ask(keys), "there is no container's role here");
    }

    Asked machine() {
        return there(machine.ask(), "there is no machine's role here");
    }

    /** The role of an EKS pod: {@code AWS_ROLE_ARN} by the token in the file that {@code AWS_WEB_IDENTITY_TOKEN_FILE} names. */
    private Asked podsOwn(String region, KeyResolver keys) {
        String arn = environment.get("AWS_ROLE_ARN");
        if (environment.get("AWS_WEB_IDENTITY_TOKEN_FILE") == null) {
            return new Asked.Absent();
        }
        String session = environment.get("AWS_ROLE_SESSION_NAME");
        return arn == null
                ? new Asked.Failed("AWS_WEB_IDENTITY_TOKEN_FILE goes with AWS_ROLE_ARN, which is not set")
                : podsOwn(
                        new AwsKeys.Role(arn, session == null ? AwsKeys.Role.SESSION : session, null, null),
                        region,
                        keys);
    }

    private boolean isPodsOwn(AwsKeys.Role role) {
        return role.arn().equals(environment.get("AWS_ROLE_ARN"))
                && environment.get("AWS_WEB_IDENTITY_TOKEN_FILE") != null
                && environment.get("AWS_ACCESS_KEY_ID") == null;
    }

    private Asked podsOwn(AwsKeys.Role role, String region, KeyResolver keys) {
        String file = environment.get("AWS_WEB_IDENTITY_TOKEN_FILE");
        return byToken(role, new SecretRef.File(Path.of(String.valueOf(file))), region, keys);
    }

    Asked byToken(AwsKeys.Role role, SecretRef token, String region, KeyResolver keys) {
        return keys.find(token)
                .map(found -> tokens.assume(role, found, region))
                .orElseGet(() -> new Asked.Failed("the token for role " + role.arn() + " can't be read"));
    }

    Asked assumed(AwsKeys.Role role, Asked by, String region) {
        return by instanceof Asked.Got(Session session) ? tokens.assume(role, session, region) : by;
    }

    private static Asked there(Asked asked, String otherwise) {
        return asked instanceof Asked.Absent ? new Asked.Failed(otherwise) : asked;
    }

    private static Asked pair(Optional<SecretText> id, Optional<SecretText> secret, Optional<SecretText> token) {
        if (id.isEmpty() || secret.isEmpty()) {
            return new Asked.Failed("a half of its access key is missing");
        }
        @Nullable SecretText session = token.orElse(null);
        return new Asked.Got(new Session(id.get(), secret.get(), session, Session.LASTING));
    }
}
