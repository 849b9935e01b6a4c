package dev.laneway.runtime.config;

import java.util.Objects;

/**
 * Something in a config file that someone should change. Never holds a secret.
 *
 * @param line from 1; 0 where it concerns the file as a whole
 * @param key the path of the key, such as {@code routes.secure-core.chain}
 * @param problem what is wrong
 * @param fix what to do
 */
public record Problem(Severity severity, String file, int line, String key, String problem, String fix) {
    public Problem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(fix, "fix");
    }

    /** {@code FILE:LINE: key: problem: fix}, on one line. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + key + ": " + problem + ": " + fix;
    }
}
