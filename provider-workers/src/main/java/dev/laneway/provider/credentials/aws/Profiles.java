package dev.laneway.provider.credentials.aws;

import dev.laneway.provider.credentials.KeyResolver;
import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.SecretRef;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of a profile: written into it, or of a role that another profile, the environment, the container, the machine or a token takes
 * on. Programs are not run ({@code credential_process}), and nobody is asked to sign in ({@code sso_...}, {@code mfa_serial}).
 */
final class Profiles {
    private static final String ID = "aws_access_key_id";
    private static final String ROLE = "role_arn";
    private static final String SOURCE = "source_profile";

    private final ProfileFiles files;
    private final Chain chain;

    Profiles(ProfileFiles files, Chain chain) {
        this.files = files;
        this.chain = chain;
    }

    /** {@link Asked.Absent} where neither file has it, or it says nothing of keys. */
    Asked ask(String profile, String region, KeyResolver keys) {
        return ask(profile, region, keys, new LinkedHashSet<>());
    }

    private Asked ask(String profile, String region, KeyResolver keys, Set<String> before) {
        Optional<Map<String, String>> found = files.find(profile);
        if (found.isEmpty()) {
            return new Asked.Absent();
        }
        Map<String, String> settings = found.get();
        boolean again = !before.add(profile);
        if (settings.containsKey(ROLE) && !again) {
            return role(profile, settings, region, keys, before);
        }
        if (settings.containsKey(ID)) { // a profile that is its own source has keys beside its role
            return Issued.session(
                            settings.get(ID),
                            settings.getOrDefault("aws_secret_access_key", ""),
                            settings.getOrDefault("aws_session_token", ""),
                            "")
                    .<Asked>map(Asked.Got::new)
                    .orElseGet(() -> failed(profile, "has a half of an access key"));
        }
        if (again) {
            return failed(profile, "is its own source");
        }
        if (settings.containsKey("credential_process")) {
            return failed(profile, "names a program, and none is run");
        }
        boolean sso = settings.keySet().stream().anyMatch(key -> key.startsWith("sso_"));
        return sso ? failed(profile, "wants somebody to sign in") : new Asked.Absent();
    }

    private Asked role(
            String profile, Map<String, String> settings, String region, KeyResolver keys, Set<String> before) {
        if (settings.containsKey("mfa_serial")) {
            return failed(profile, "wants a code of somebody's");
        }
        AwsKeys.Role role = new AwsKeys.Role(
                settings.getOrDefault(ROLE, ""),
                settings.getOrDefault("role_session_name", AwsKeys.Role.SESSION),
                settings.get("external_id"),
                null);
        String file = settings.get("web_identity_token_file");
        if (file != null) {
            return chain.byToken(role, new SecretRef.File(Path.of(file)), region, keys);
        }
        String source = settings.get(SOURCE);
        if (source != null) {
            Asked by = ask(source, region, keys, before);
            return by instanceof Asked.Absent
                    ? failed(profile, "has " + SOURCE + " " + source + ", which has no keys")
                    : chain.assumed(role, by, region);
        }
        return switch (settings.getOrDefault("credential_source", "")) {
            case "Environment" -> {
                Asked by = chain.environment(keys);
                yield by instanceof Asked.Absent
                        ? failed(profile, "has its keys from the environment, where there are none")
                        : chain.assumed(role, by, region);
            }
            case "EcsContainer" -> chain.assumed(role, chain.container(keys), region);
            case "Ec2InstanceMetadata" -> chain.assumed(role, chain.machine(), region);
            default -> failed(profile, "has a role and nothing to take it on by");
        };
    }

    private static Asked failed(String profile, String why) {
        return new Asked.Failed("profile " + profile + " " + why);
    }
}
