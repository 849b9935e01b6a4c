package dev.laneway.dialects;

import org.jspecify.annotations.Nullable;

/** The headers of a vendor's answer, by name without regard to case. */
@FunctionalInterface
public interface HeaderLookup {

    HeaderLookup NONE = name -> null;

    /** @return the first value of that header, or null */
    @Nullable
    String get(String name);
}
