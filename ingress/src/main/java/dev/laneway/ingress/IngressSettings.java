package dev.laneway.ingress;

import dev.laneway.ingress.limits.Bounds;
import dev.laneway.ingress.limits.Waits;
import java.time.Duration;
import java.util.Objects;

/**
 * How an ingress is run.
 *
 * @param host to listen on
 * @param port to listen on; 0 for a free one
 * @param loops event loops that serve connections, at least 1
 * @param waits how long it waits for whom
 * @param bounds how much it takes on
 * @param grace how long a drain goes on taking calls after it has said that it is not ready, so that whoever balances load notices
 */
public record IngressSettings(String host, int port, int loops, Waits waits, Bounds bounds, Duration grace) {
    /** Without a grace. */
    public IngressSettings(String host, int port, int loops, Waits waits, Bounds bounds) {
        this(host, port, loops, waits, bounds, Duration.ZERO);
    }

    public IngressSettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(waits, "waits");
        Objects.requireNonNull(bounds, "bounds");
        Objects.requireNonNull(grace, "grace");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not in 0 to 65535");
        }
        if (loops < 1) {
            throw new IllegalArgumentException("an ingress has at least one event loop");
        }
    }

    /** Half of the processors serve connections; the other roles and the broker may need the rest. */
    public static IngressSettings at(String host, int port) {
        Runtime jvm = Runtime.getRuntime();
        int loops = Math.clamp(jvm.availableProcessors() / 2, 1, 8);
        return new IngressSettings(host, port, loops, Waits.DEFAULT, Bounds.forHeap(jvm.maxMemory()));
    }
}
