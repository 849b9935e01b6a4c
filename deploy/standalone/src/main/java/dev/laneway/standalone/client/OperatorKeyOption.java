package dev.laneway.standalone.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The operator's key, as an option or in the environment. */
public final class OperatorKeyOption {
    private static final List<String> VARIABLES =
            List.of("LANEWAY_MASTER_KEY", "LITELLM_MASTER_KEY", "LITELLM_PROXY_ADMIN_KEY", "LITELLM_ADMIN_KEY");

    @Option(names = "--key", description = "The master key. Default: LANEWAY_MASTER_KEY of the environment.")
    private @Nullable String key;

    /**
     * The option's, else the environment's; null where there is none.
     *
     * @param environment variables by name
     */
    public @Nullable String find(Map<String, String> environment) {
        return key != null
                ? key
                : VARIABLES.stream()
                        .map(environment::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}
