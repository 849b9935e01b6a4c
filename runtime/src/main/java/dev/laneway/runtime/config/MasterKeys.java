package dev.laneway.runtime.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys that may do everything.
 *
 * @param master the operator's own; empty where none is stated, so that one generated at first start holds
 * @param admins further keys that grant admin
 */
public record MasterKeys(Optional<SecretText> master, List<SecretText> admins) {
    private static final List<String> MASTER = List.of("LANEWAY_MASTER_KEY", "LITELLM_MASTER_KEY");
    private static final List<String> ADMINS = List.of("LITELLM_PROXY_ADMIN_KEY", "LITELLM_ADMIN_KEY");

    public MasterKeys {
        admins = List.copyOf(admins);
    }

    /**
     * Looks whether each key that the environment names is there: a master key whose file can't be read must not become a generated one.
     * May block on files.
     *
     * @throws IllegalArgumentException with one line that says which is not
     */
    public static void check(Environment environment) {
        Stream.concat(MASTER.stream(), ADMINS.stream()).forEach(name -> Secrets.stated(environment, name));
    }

    /**
     * The environment's before {@code general_settings.master_key}; each may be in a file that {@code NAME_FILE} names.
     *
     * @param ofTheFile {@link GatewayConfig#masterKey()}
     */
    public static MasterKeys fromEnvironment(@Nullable SecretRef ofTheFile, Secrets secrets) {
        Optional<SecretText> master = Optional.empty();
        for (String name : MASTER) {
            master = master.or(() -> secrets.find(new SecretRef.Env(name)));
        }
        if (ofTheFile != null) {
            master = master.or(() -> secrets.find(ofTheFile));
        }
        List<SecretText> admins = new ArrayList<>();
        for (String name : ADMINS) {
            secrets.find(new SecretRef.Env(name)).ifPresent(admins::add);
        }
        return new MasterKeys(master, admins);
    }

    /** Whether a client's key is one of them. Takes as long for a wrong key as for a right one. */
    public boolean admits(String presented) {
        byte[] given = presented.getBytes(StandardCharsets.UTF_8);
        boolean admitted = master.isPresent() && equal(master.get(), given);
        for (SecretText admin : admins) {
            admitted |= equal(admin, given);
        }
        return admitted;
    }

    private static boolean equal(SecretText key, byte[] given) {
        return MessageDigest.isEqual(key.reveal().getBytes(StandardCharsets.UTF_8), given);
    }
}
