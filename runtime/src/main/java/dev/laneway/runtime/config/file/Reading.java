package dev.laneway.runtime.config.file;

import java.util.Objects;

/** What every part of the reading of one file shares. */
public record Reading(ProblemList problems, References references, SecretReader secrets) {
    public Reading {
        Objects.requireNonNull(problems, "problems");
        Objects.requireNonNull(references, "references");
        Objects.requireNonNull(secrets, "secrets");
    }
}
