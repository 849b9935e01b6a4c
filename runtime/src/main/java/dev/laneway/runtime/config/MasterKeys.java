package dev.laneway.runtime.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
     * The environment's before {@code general_settings.master_key}.
     *
     * @param ofTheFile {@link GatewayConfig#masterKey()}
     */
    public static MasterKeys fromEnvironment(Environment environment, @Nullable SecretRef ofTheFile, Secrets secrets) {
        Optional<SecretText> master = Optional.empty();
        for (String name : MASTER) {
            master = master.or(() -> secrets.find(new SecretRef.Env(name)));
        }
        if (ofTheFile != null) {
            master = master.or(() -> secrets.find(ofTheFile));
        }
        List<SecretText> admins = new ArrayList<>();
        for (String name : ADMINS) {
            String value = environment.get(name);
            if (value != null) {
                admins.add(new SecretText(value));
            }
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
