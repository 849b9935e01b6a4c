package dev.laneway.dialects.pairs;

import static dev.laneway.dialects.TestTargets.bytes;

import org.jspecify.annotations.Nullable;

/** How clients of one dialect ask. Bodies are written with single quotes. */
interface Wording {
    /** A request with this feature; null where the dialect has no word for it. */
    @Nullable
    String with(Feature feature);

    /** The same request without it. */
    default String without(Feature feature) {
        return plain();
    }

    /** The least request. */
    String plain();

    default byte @Nullable [] asking(Feature feature) {
        var body = with(feature);
        return body == null ? null : bytes(body);
    }
}
