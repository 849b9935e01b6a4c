package dev.laneway.standalone.prove;

import java.net.URI;

/**
 * The system that is tried.
 *
 * @param api {@code http://HOST:PORT}
 * @param management the same of a management port
 * @param kafka bootstrap servers of its broker
 * @param key what its clients send
 */
public record Rehearsed(URI api, URI management, String kafka, String key) {
    /** Leaves the key out. */
    @Override
    public String toString() {
        return "Rehearsed[" + api + "]";
    }
}
