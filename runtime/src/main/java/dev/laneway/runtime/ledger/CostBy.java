package dev.laneway.runtime.ledger;

import java.util.Locale;

/** What costs are shown by. */
public enum CostBy {
    /** The {@code model_name}. */
    MODEL("model_group"),
    /** The vendor's model. */
    VENDOR_MODEL("model"),
    KEY("owner"),
    TEAM("team"),
    USER("user_id"),
    ROUTE("route"),
    LANE("lane"),
    PROVIDER("provider"),
    TAG("tag"),
    /** Of UTC, as {@code 2026-11-30}. */
    DAY("to_char(hour at time zone 'UTC', 'YYYY-MM-DD')"),
    /** Of UTC, as {@code 2026-11-30T17:00Z}. */
    HOUR("to_char(hour at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:00\"Z\"')");

    private final String column;

    CostBy(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }

    /** As a parameter of an address has it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
