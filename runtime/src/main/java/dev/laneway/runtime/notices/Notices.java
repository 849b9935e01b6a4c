package dev.laneway.runtime.notices;

import dev.laneway.contracts.NoticeKind;

/** Is told what is noticed of keys. Never waits and never fails; safe on any thread. */
@FunctionalInterface
public interface Notices {
    /** @param owner the key's id, as in {@link dev.laneway.contracts.Request#owner} */
    void noticed(String owner, NoticeKind kind);
}
