package dev.laneway.runtime.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** A secret's value. Prints as stars; compared in constant time. */
public final class SecretText {
    private final String value;

    public SecretText(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The value, for the one place that sends or hashes it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
