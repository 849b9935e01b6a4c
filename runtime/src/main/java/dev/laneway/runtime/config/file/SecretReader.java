package dev.laneway.runtime.config.file;

import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.config.SecretValues;
import dev.laneway.runtime.config.Secrets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what stands at a key for a secret into a reference, and keeps the secrets that the file writes out. One thread. */
public final class SecretReader {
    static final String OS_FILE = "os.file/";
    private static final Pattern LITERAL = Pattern.compile("literal/([0-9a-f]{12})");
    /** What people write where a server wants no key. */
    private static final Set<String> PLACEHOLDERS = Set.of(
            "none",
            "fake",
            "dummy",
            "empty",
            "no-key",
            "not-needed",
            "not-required",
            "anything",
            "ollama",
            "lm-studio");

    private final ProblemList problems;
    private final References references;
    private final Map<String, SecretText> literals = new HashMap<>();

    public SecretReader(ProblemList problems, References references) {
        this.problems = problems;
        this.references = references;
    }

    /** The reference that a scalar is or stands for; null where it stands for no key, or is wrong, which the problems then say. */
    public @Nullable SecretRef read(String raw, Place at) {
        if (raw.isBlank() || placeholder(raw)) {
            return null;
        }
        String variable = References.wholeReference(raw);
        if (variable != null) {
            return variable(variable, at);
        }
        if (raw.startsWith(OS_FILE)) {
            return new SecretRef.File(Path.of(raw.substring(OS_FILE.length())));
        }
        var literal = LITERAL.matcher(raw);
        if (literal.matches()) {
            return new SecretRef.Literal(literal.group(1));
        }
        if (raw.startsWith("os.environ/") || raw.contains("${")) {
            problems.error(
                    at,
                    "is not one whole reference to a variable",
                    "write os.environ/NAME or ${NAME} and nothing else");
            return null;
        }
        problems.warn(at, "a secret is written into the file", "put it into the environment and write os.environ/NAME");
        return keep(raw);
    }

    /** As {@link #read}, of an address that may hold a secret: one that is written out is kept like one, and not warned of. */
    public @Nullable SecretRef address(String raw, Place at) {
        boolean writtenOut = raw.startsWith("http://") || raw.startsWith("https://");
        return writtenOut && !raw.contains("${") ? keep(raw.strip()) : read(raw, at);
    }

    /** What a reference stands for on this machine, for what is made of a secret at reading: a digest. May block on a file. */
    public Optional<SecretText> reveal(SecretRef reference) {
        return new Secrets(references::variable, literals()).find(reference);
    }

    static boolean placeholder(String raw) {
        return PLACEHOLDERS.contains(raw.toLowerCase(Locale.ROOT));
    }

    /** The reference to a variable: its value where the file itself sets it. */
    public SecretRef variable(String name, Place at) {
        String own = references.ofTheFile(name);
        if (own == null) {
            return new SecretRef.Env(name);
        }
        problems.warn(
                at,
                "its value is written into environment_variables." + name,
                "set " + name + " in the environment and remove it from the file");
        return keep(own);
    }

    /** What the file writes out, by fingerprint. */
    public SecretValues literals() {
        return new SecretValues(literals);
    }

    private SecretRef.Literal keep(String value) {
        String fingerprint = fingerprint(value);
        literals.put(fingerprint, new SecretText(value));
        return new SecretRef.Literal(fingerprint);
    }

    /** Tells two secrets apart and says nothing else of them: 48 bits of a digest. */
    private static String fingerprint(String value) {
        return Digest.hex(12, "laneway literal", value);
    }
}
