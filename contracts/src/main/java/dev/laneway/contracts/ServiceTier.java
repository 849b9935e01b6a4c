package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How soon a vendor takes a call, where that has a price of its own. */
public enum ServiceTier {
    STANDARD("standard"),
    /** Later, and cheaper. */
    FLEX("flex"),
    /** Sooner, and dearer. */
    PRIORITY("priority");

    private final String id;

    ServiceTier(String id) {
        this.id = id;
    }

    /** The word used in JSON. */
    @JsonValue
    public String id() {
        return id;
    }

    /** Of a vendor's word for it, in whatever case; null where it says nothing of a tier, or of none that has a price of its own. */
    public static @Nullable ServiceTier of(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "default", "standard", "standard_only", "on_demand" -> STANDARD;
            case "flex", "on_demand_flex" -> FLEX;
            case "priority", "on_demand_priority" -> PRIORITY;
            default -> null;
        };
    }
}
