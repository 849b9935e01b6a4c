package dev.laneway.chaos.oracle;

import java.util.Objects;

/**
 * One promise, broken once. Equal findings are one.
 *
 * @param promise which
 * @param subject a request, an attempt or a partition
 * @param what happened; no prompt, no answer
 */
public record Finding(Promise promise, String subject, String what) {
    public Finding {
        Objects.requireNonNull(promise, "promise");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(what, "what");
    }

    @Override
    public String toString() {
        return promise + ": " + subject + ": " + what;
    }
}
