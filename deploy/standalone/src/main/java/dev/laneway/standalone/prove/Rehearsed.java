package dev.laneway.standalone.prove;

import java.net.URI;
import java.util.Map;

/**
 * The system that is tried.
 *
 * @param api {@code http://HOST:PORT}
 * @param management the same of a management port
 * @param kafka client properties of who may do everything at its broker
 * @param key what its clients send
 */
public record Rehearsed(URI api, URI management, Map<String, String> kafka, String key) {
    public Rehearsed {
        kafka = Map.copyOf(kafka);
    }

    /** Leaves key and password out. */
    @Override
    public String toString() {
        return "Rehearsed[" + api + "]";
    }
}
