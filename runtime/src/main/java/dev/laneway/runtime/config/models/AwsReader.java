package dev.laneway.runtime.config.models;

import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.References;
import dev.laneway.runtime.config.file.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Bedrock's region, and where its keys come from, in LiteLLM's order: a web identity, a role, a profile, an access key, an API
 * key; unsaid, what the environment says here, else what AWS's own chain finds where workers run.
 */
final class AwsReader {
    /** Laneway's own: the keys are those that AWS's chain finds. What a published config says where nothing else is said. */
    static final String CHAIN = "aws_credential_chain";

    static final Set<String> PARAMS = Set.of(
            "aws_access_key_id",
            "aws_secret_access_key",
            "aws_session_token",
            "aws_region_name",
            "aws_bedrock_runtime_endpoint",
            "aws_profile_name",
            "aws_role_name",
            "aws_session_name",
            "aws_external_id",
            "aws_web_identity_token",
            "aws_sts_endpoint",
            CHAIN);

    private static final List<String> REGIONS = List.of("AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION");
    private static final Pattern REGION = Pattern.compile("[a-zA-Z0-9._:-]{1,64}");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,600}");
    /** As STS has it for names of sessions; a profile's may be any that a file can hold. */
    private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");

    private static final Pattern EXTERNAL = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final String OIDC = "oidc/";
    private static final List<String> SOURCES = List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_PROFILE",
            "AWS_SHARED_CREDENTIALS_FILE",
            "AWS_CONFIG_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI");

    private final Reading reading;
    private final Keys keys;
    private boolean saidChain;

    AwsReader(Reading reading, Keys keys) {
        this.reading = reading;
        this.keys = keys;
    }

    /** @param named the region that the model's name says: what is stated goes before it, and it before the environment */
    CloudReader.Read read(Block params, @Nullable String named) {
        String stated = CloudReader.said(reading, params, named == null ? REGIONS : List.of(), "aws_region_name");
        String region = stated == null ? named : stated;
        boolean elsewhere = region == null && !params.has("aws_access_key_id") && params.has("api_base");
        if (elsewhere && params.has("api_key")) {
            return new CloudReader.Read.Found(
                    new CloudAccess.Aws("", new AwsKeys.Unsigned()), null); // neither signed nor looked for
        }
        if (region == null) {
            return new CloudReader.Read.Unset("AWS_REGION");
        }
        if (!REGION.matcher(region).matches()) {
            return wrong(params, "aws_region_name", "is no region", "write one such as us-east-1");
        }
        AwsKeys found = keys(params);
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return found == null
                ? new CloudReader.Read.Wrong()
                : new CloudReader.Read.Found(
                        new CloudAccess.Aws(region, found),
                        URI.create("https://bedrock-runtime." + region + "." + domain));
    }

    /** Null where it is wrong, which the problems then say. */
    private @Nullable AwsKeys keys(Block params) {
        SecretRef id = params.secret("aws_access_key_id");
        SecretRef secret = params.secret("aws_secret_access_key");
        SecretRef session = params.secret("aws_session_token");
        if ((id == null) != (secret == null)) {
            String there = id == null ? "aws_secret_access_key" : "aws_access_key_id";
            String lacking = id == null ? "aws_access_key_id" : "aws_secret_access_key";
            wrong(params, there, "goes with " + lacking, "add " + lacking);
            return null;
        }
        boolean chain = Boolean.TRUE.equals(params.flag(CHAIN));
        boolean apiKey = id == null && !chain && (params.has("api_key") || isSet("AWS_BEARER_TOKEN_BEDROCK"));
        String profile = said(params, "aws_profile_name");
        String role = said(params, "aws_role_name");
        String name = said(params, "aws_session_name");
        String external = said(params, "aws_external_id");
        String sts = said(params, "aws_sts_endpoint");
        Value token = params.take("aws_web_identity_token");
        boolean byToken = token != null && !token.isNull();
        if (role == null) {
            return byToken
                    ? refused(params, "aws_web_identity_token")
                    : own(params, id, secret, session, chain, apiKey, profile);
        }
        AwsKeys.Role taken = role(params, role, name, external, sts);
        if (taken == null || token == null || !byToken) {
            String by = id == null ? profile : null;
            return taken == null
                    ? null
                    : new AwsKeys.Assumed(
                            taken, own(params, id, secret, session, chain || (id == null && by == null), false, by));
        }
        SecretRef identity = identity(params, token);
        if (identity != null) {
            keys.warnIfUnset(identity, params.place("aws_web_identity_token"));
        }
        return identity == null ? null : new AwsKeys.WebIdentity(taken, identity);
    }

    /** Keys, but for a role: a role is taken on by them. */
    private AwsKeys own(
            Block params,
            @Nullable SecretRef id,
            @Nullable SecretRef secret,
            @Nullable SecretRef session,
            boolean chain,
            boolean apiKey,
            @Nullable String profile) {
        if (profile != null) {
            return new AwsKeys.Profile(profile);
        }
        if (id != null && secret != null) {
            return stated(params, id, secret, session);
        }
        if (apiKey) {
            return new AwsKeys.Unsigned();
        }
        if (!chain && isSet("AWS_ACCESS_KEY_ID")) {
            return stated(
                    params,
                    reading.secrets().variable("AWS_ACCESS_KEY_ID", params.place()),
                    reading.secrets().variable("AWS_SECRET_ACCESS_KEY", params.place()),
                    isSet("AWS_SESSION_TOKEN")
                            ? reading.secrets().variable("AWS_SESSION_TOKEN", params.place())
                            : null);
        }
        warnOfNothing(params);
        return new AwsKeys.Found();
    }

    private AwsKeys.Stated stated(Block params, SecretRef id, SecretRef secret, @Nullable SecretRef session) {
        keys.warnIfUnset(id, params.place("aws_access_key_id"));
        keys.warnIfUnset(secret, params.place("aws_secret_access_key"));
        keys.warnIfUnset(session, params.place("aws_session_token"));
        return new AwsKeys.Stated(id, secret, session);
    }

    private AwsKeys.@Nullable Role role(
            Block params, String arn, @Nullable String name, @Nullable String external, @Nullable String sts) {
        if (!ROLE.matcher(arn).matches()) {
            wrong(params, "aws_role_name", "is no role", "write its ARN, arn:aws:iam::123456789012:role/NAME");
            return null;
        }
        if (name != null && !SESSION.matcher(name).matches()) {
            wrong(params, "aws_session_name", "is no name of a session", "write 2 to 64 letters, digits or _+=,.@-");
            return null;
        }
        if (external != null && !EXTERNAL.matcher(external).matches()) {
            wrong(params, "aws_external_id", "is no external id", "write 2 to 1224 letters, digits or _+=,.@:/-");
            return null;
        }
        URI address = sts == null ? null : address(sts);
        if (sts != null && address == null) {
            wrong(params, "aws_sts_endpoint", "is no address", "write https://sts.eu-west-1.amazonaws.com or another");
            return null;
        }
        return new AwsKeys.Role(arn, name == null ? AwsKeys.Role.SESSION : name, external, address);
    }

    private static @Nullable URI address(String text) {
        try {
            URI url = URI.create(text.replaceAll("/+$", ""));
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            return http && url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null
                    ? url
                    : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** A path, LiteLLM's {@code oidc/file/PATH}, {@code oidc/env/NAME} and {@code oidc/env_path/NAME}, or any secret. */
    private @Nullable SecretRef identity(Block params, Value value) {
        String raw = value.raw(reading);
        if (raw == null || raw.isBlank()) {
            return null;
        }
        String text = raw.strip();
        if (text.startsWith("/")) {
            return new SecretRef.File(Path.of(text));
        }
        if (text.startsWith(OIDC + "file/")) {
            return new SecretRef.File(Path.of(text.substring((OIDC + "file/").length())));
        }
        if (text.startsWith(OIDC + "env/")) {
            return reading.secrets().variable(text.substring((OIDC + "env/").length()), value.place());
        }
        if (text.startsWith(OIDC + "env_path/")) {
            return file(params, text.substring((OIDC + "env_path/").length()));
        }
        String named = References.wholeReference(text);
        if (named != null && named.endsWith("_FILE")) {
            return file(params, named);
        }
        return text.startsWith(OIDC)
                ? refusedToken(params, "comes from nobody that is asked here", "write the path of its file")
                : reading.secrets().read(text, value.place());
    }

    private @Nullable SecretRef file(Block params, String variable) {
        String path = reading.references().variable(variable);
        return path == null
                ? refusedToken(params, "is in the file that " + variable + " names, and it is not set here", "set it")
                : new SecretRef.File(Path.of(path));
    }

    private @Nullable SecretRef refusedToken(Block params, String what, String fix) {
        wrong(params, "aws_web_identity_token", what, fix);
        return null;
    }

    private @Nullable AwsKeys refused(Block params, String key) {
        wrong(params, key, "goes with aws_role_name", "add the role that its bearer may take on");
        return null;
    }

    private @Nullable String said(Block params, String name) {
        return CloudReader.said(reading, params, List.of(), name);
    }

    private CloudReader.Read wrong(Block params, String key, String what, String fix) {
        reading.problems().error(params.place(key), what, fix);
        return new CloudReader.Read.Wrong();
    }

    /** Only the worker can tell whether its machine has a role. */
    private void warnOfNothing(Block params) {
        if (!saidChain && SOURCES.stream().noneMatch(this::isSet)) {
            saidChain = true;
            reading.problems()
                    .warn(
                            params.place("aws_access_key_id"),
                            "AWS_ACCESS_KEY_ID is not set here, deployments that need it are out of service unless a"
                                    + " profile or a machine's role has keys",
                            "set it where provider-workers run, or give them a role");
        }
    }

    private boolean isSet(String variable) {
        return CloudReader.isSet(reading, variable);
    }
}
