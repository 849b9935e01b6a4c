package dev.laneway.contracts;

/** Every consumer group of the pipeline; the zone comes first, as in {@link Topics}. */
public final class Groups {
    /** Of all accountings. */
    public static final String ACCOUNTING = "lw.accounting";

    private Groups() {}

    /** Of all routers of a zone. */
    public static String routers(Zone zone) {
        return "lw." + zone.id() + ".router";
    }

    /** Of all provider-workers of a zone. */
    public static String workers(Zone zone) {
        return "lw." + zone.id() + ".workers";
    }
}
