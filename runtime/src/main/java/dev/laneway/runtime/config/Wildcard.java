package dev.laneway.runtime.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A name with one {@code *} in it, as LiteLLM's users write {@code *} and {@code openai/*}; the star stands for one character or more. */
public record Wildcard(String prefix, String suffix) {
    public Wildcard {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(suffix, "suffix");
    }

    /** The pattern in a name; null when it holds no star. Of several stars the first one is the pattern's. */
    public static @Nullable Wildcard of(String name) {
        int star = name.indexOf('*');
        return star < 0 ? null : new Wildcard(name.substring(0, star), name.substring(star + 1));
    }

    /** What the star stands for in a name; null when the name doesn't fit. */
    public @Nullable String part(String name) {
        boolean fits =
                name.length() > prefix.length() + suffix.length() && name.startsWith(prefix) && name.endsWith(suffix);
        return fits ? name.substring(prefix.length(), name.length() - suffix.length()) : null;
    }

    /** How much of a name it fixes: of two patterns that fit, the greater one is meant. */
    public int specificity() {
        return prefix.length() + suffix.length();
    }

    /** Puts the part in the place of the star; a part that begins with the provider's own prefix loses it. */
    public static String fill(String template, String provider, String part) {
        String bare = part.startsWith(provider + "/") ? part.substring(provider.length() + 1) : part;
        return template.replace("*", bare);
    }
}
