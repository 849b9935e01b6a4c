package dev.laneway.runtime.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what references to secrets stand for, on this machine and now: a file is read at each call, so that a rotated secret is in
 * force at once. Safe for any thread; may block on a file.
 */
public final class Secrets {
    private static final int LONGEST = 64 * 1024;
    private static final String FILE = "_FILE";
    private static final String UNREADABLE = " can't be read or is empty";

    private final Environment environment;
    private final SecretValues literals;

    /** @param literals what this machine's own copy of the config file writes out */
    public Secrets(Environment environment, SecretValues literals) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.literals = Objects.requireNonNull(literals, "literals");
    }

    /** The secret; empty when this machine doesn't have it. */
    public Optional<SecretText> find(SecretRef reference) {
        return switch (reference) {
            case SecretRef.Env(String name) -> variable(name);
            case SecretRef.File(Path path) -> content(path);
            case SecretRef.Literal literal -> literals.find(literal);
        };
    }

    /**
     * A secret that this process can't do without once its environment names it: in a variable, or in the file that {@code NAME_FILE}
     * names. Empty where neither is set.
     *
     * @throws IllegalArgumentException where the file can't be read or is empty; says which, and holds no secret
     */
    public static Optional<SecretText> stated(Environment environment, String name) {
        Optional<SecretText> found = new Secrets(environment, SecretValues.NONE).variable(name);
        String file = environment.get(name + FILE);
        if (found.isEmpty() && file != null) {
            throw new IllegalArgumentException(name + FILE + ": " + file + UNREADABLE);
        }
        return found;
    }

    /** Why a deployment can't be called from this machine; null when it can. Holds no secret. */
    public @Nullable String missing(Deployment deployment) {
        return deployment
                .secrets()
                .filter(secret -> find(secret).isEmpty())
                .findFirst()
                .map(this::missing)
                .orElse(null);
    }

    private String missing(SecretRef secret) {
        return switch (secret) {
            case SecretRef.Env(String name) -> {
                String file = environment.get(name + FILE);
                yield file == null ? name + " is not set" : name + FILE + ": " + file + UNREADABLE;
            }
            case SecretRef.File(Path path) -> path + UNREADABLE;
            case SecretRef.Literal literal ->
                "this machine's config file doesn't have the key that was written into it";
        };
    }

    /** As Docker's users know it: where {@code NAME} isn't set, {@code NAME_FILE} names the file that holds it. */
    private Optional<SecretText> variable(String name) {
        String value = environment.get(name);
        if (value != null) {
            return Optional.of(new SecretText(value));
        }
        String file = environment.get(name + FILE);
        return file == null ? Optional.empty() : content(Path.of(file));
    }

    private static Optional<SecretText> content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(new SecretText(text));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
