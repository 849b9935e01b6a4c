package dev.laneway.runtime.config;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of a config file. */
public sealed interface ConfigResult {
    /** All that should be looked at, in the order of lines. */
    List<Problem> problems();

    /**
     * The file can be put in force.
     *
     * @param problems warnings
     * @param publishableText the config in its canonical form, without a secret and without a need of any environment; read
     *     again, it gives the same config and version
     * @param literals the secrets that the file itself holds
     * @param source the text of the operator's file as it was read, which may hold those secrets; null where no such file was read
     */
    record Valid(
            GatewayConfig config,
            List<Problem> problems,
            String publishableText,
            SecretValues literals,
            @Nullable SecretText source)
            implements ConfigResult {
        public Valid {
            Objects.requireNonNull(config, "config");
            Objects.requireNonNull(publishableText, "publishableText");
            Objects.requireNonNull(literals, "literals");
            problems = List.copyOf(problems);
        }

        Valid from(String text) {
            return new Valid(config, problems, publishableText, literals, new SecretText(text));
        }
    }

    /** The file is refused whole: at least one problem is an error. */
    record Invalid(List<Problem> problems) implements ConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
