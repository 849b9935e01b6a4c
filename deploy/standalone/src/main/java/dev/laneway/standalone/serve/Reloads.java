package dev.laneway.standalone.serve;

import java.util.function.Consumer;

/**
 * Tells reloads from what a control topic says at a start: perhaps the config of the last run, then that of this one. On one context
 * alone.
 */
final class Reloads {
    private final Consumer<String> listener;
    private String last;
    private boolean started;

    /** @param startedWith version of the config that this run started with */
    Reloads(String startedWith, Consumer<String> listener) {
        this.last = startedWith;
        this.listener = listener;
    }

    /** A config came into force. */
    void inForce(String version) {
        if (version.equals(last)) {
            started = true;
        } else if (started) {
            last = version;
            listener.accept(version);
        }
    }
}
