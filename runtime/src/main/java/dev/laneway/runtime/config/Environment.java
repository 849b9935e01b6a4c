package dev.laneway.runtime.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment's variables. An empty one counts as not set. */
@FunctionalInterface
public interface Environment {
    /** A variable's value; null when it isn't set or is empty. */
    @Nullable
    String get(String name);

    /** This process's own. */
    static Environment system() {
        return name -> nonEmpty(System.getenv(name));
    }

    /** Fixed values. */
    static Environment of(Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        return name -> nonEmpty(copy.get(name));
    }

    private static @Nullable String nonEmpty(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
