package dev.laneway.runtime.config;

import java.util.Map;
import java.util.Optional;

/** The secrets that are written out in this machine's copy of the config file, by fingerprint. Never published, never logged. */
public final class SecretValues {
    /** A file without literal secrets. */
    public static final SecretValues NONE = new SecretValues(Map.of());

    private final Map<String, SecretText> byFingerprint;

    public SecretValues(Map<String, SecretText> byFingerprint) {
        this.byFingerprint = Map.copyOf(byFingerprint);
    }

    /** Whether the file writes none out. */
    public boolean isEmpty() {
        return byFingerprint.isEmpty();
    }

    /** The literal's value; empty when this machine's file has another one or none. */
    public Optional<SecretText> find(SecretRef.Literal literal) {
        return Optional.ofNullable(byFingerprint.get(literal.fingerprint()));
    }

    @Override
    public String toString() {
        return byFingerprint.size() + " literal secrets";
    }
}
