package dev.laneway.runtime.control;

import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.MasterKeys;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretValues;
import dev.laneway.runtime.config.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what only the operator may, on a management port: the master key and the admin keys of this process's environment and of the
 * config in force, else the master key generated at first start. Safe on any thread; may block on a file.
 */
public final class OperatorKeys {
    private final Environment environment;
    private final Supplier<SecretValues> literals;
    private final ControlView control;

    public OperatorKeys(Environment environment, Supplier<SecretValues> literals, ControlView control) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.literals = Objects.requireNonNull(literals, "literals");
        this.control = Objects.requireNonNull(control, "control");
    }

    /** Whether a key is one of them. */
    public boolean admit(String presented) {
        MasterKeys keys = MasterKeys.fromEnvironment(ofTheFile(), new Secrets(environment, literals.get()));
        boolean stated = keys.admits(presented);
        return stated || (keys.master().isEmpty() && isGenerated(presented));
    }

    private boolean isGenerated(String presented) {
        return control.masterKeyHash()
                .map(hash -> MessageDigest.isEqual(HexFormat.of().parseHex(hash), sha256(presented)))
                .orElse(false);
    }

    private @Nullable SecretRef ofTheFile() {
        return control.config().map(now -> now.config().masterKey()).orElse(null);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
