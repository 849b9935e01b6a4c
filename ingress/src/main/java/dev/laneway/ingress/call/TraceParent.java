package dev.laneway.ingress.call;

import org.jspecify.annotations.Nullable;

/** The {@code traceparent} header of W3C Trace Context, level 1: version, trace id, parent id, flags. */
final class TraceParent {
    private static final int LENGTH = 55;
    private static final String NO_VERSION = "ff";
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_PARENT = "0".repeat(16);

    private TraceParent() {}

    /** The value where it is well formed, else null: then the trace begins here. */
    static @Nullable String wellFormed(@Nullable String value) {
        if (value == null || value.length() != LENGTH) {
            return null;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = value.charAt(i);
            boolean dash = i == 2 || i == 35 || i == 52;
            if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return null;
            }
        }
        boolean invalid =
                value.startsWith(NO_VERSION) || value.startsWith(NO_TRACE, 3) || value.startsWith(NO_PARENT, 36);
        return invalid ? null : value;
    }
}
