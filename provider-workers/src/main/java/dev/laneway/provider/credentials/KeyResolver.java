package dev.laneway.provider.credentials;

import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import java.util.Optional;

/** Finds the value of a secret. May read a file: not for an event loop. */
@FunctionalInterface
public interface KeyResolver {
    /** The value; empty where it is not there. */
    Optional<SecretText> find(SecretRef reference);
}
