package dev.laneway.ingress.violations;

import dev.laneway.contracts.NoticeKind;

/** Is told what keys try and may not. Never waits and never fails; safe on any thread. */
@FunctionalInterface
public interface Violations {
    /** @param owner the key's id, as {@link dev.laneway.ingress.auth.Caller#owner} has it */
    void noticed(String owner, NoticeKind kind);
}
