package dev.laneway.runtime.config.file;

import dev.laneway.runtime.config.Environment;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code os.environ/NAME}, which is a whole value, and {@code ${NAME}} or {@code ${NAME:-otherwise}}, which may be a part of
 * one. Variables of the file's own {@code environment_variables} go before the process's, as LiteLLM has it.
 */
public final class References {
    private static final String OS_ENVIRON = "os.environ/";
    private static final Pattern BRACED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Environment environment;
    private final Map<String, String> ofTheFile;

    public References(Environment environment, Map<String, String> ofTheFile) {
        this.environment = environment;
        this.ofTheFile = Map.copyOf(ofTheFile);
    }

    /** A text without references, or the variable that isn't set. */
    public sealed interface Resolved {
        record Value(String text) implements Resolved {}

        record Unset(String variable) implements Resolved {}
    }

    public Resolved resolve(String raw) {
        if (raw.startsWith(OS_ENVIRON)) {
            String name = raw.substring(OS_ENVIRON.length());
            String value = variable(name);
            return value == null ? new Resolved.Unset(name) : new Resolved.Value(value);
        }
        StringBuilder text = new StringBuilder();
        Matcher braces = BRACED.matcher(raw);
        while (braces.find()) {
            String otherwise = braces.group(2);
            String value = variable(braces.group(1));
            if (value == null && otherwise == null) {
                return new Resolved.Unset(braces.group(1));
            }
            braces.appendReplacement(text, Matcher.quoteReplacement(value == null ? otherwise : value));
        }
        return new Resolved.Value(braces.appendTail(text).toString());
    }

    /** The variable that a value names when it is nothing but a reference; null otherwise. */
    public static @Nullable String wholeReference(String raw) {
        if (raw.startsWith(OS_ENVIRON)) {
            String name = raw.substring(OS_ENVIRON.length());
            return NAME.matcher(name).matches() ? name : null;
        }
        Matcher braces = BRACED.matcher(raw);
        return braces.matches() && braces.group(2) == null ? braces.group(1) : null;
    }

    /**
     * A variable's value, the file's own first; null when it isn't set. One that holds a reference itself counts as not set: what
     * is published must mean the same in every environment.
     */
    public @Nullable String variable(String name) {
        String own = ofTheFile.get(name);
        String value = own == null || own.isEmpty() ? environment.get(name) : own;
        return value == null || value.contains("${") || value.startsWith(OS_ENVIRON) ? null : value;
    }

    /** The value that the file itself gives a variable; null when it gives none. */
    public @Nullable String ofTheFile(String name) {
        String own = ofTheFile.get(name);
        return own == null || own.isEmpty() ? null : own;
    }
}
