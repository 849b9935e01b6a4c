package dev.laneway.runtime.idempotency;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Status;

/** What a key is good for when its request has ended. */
public final class KeyRule {
    private KeyRule() {}

    /**
     * Whether the end is the key's for good. A whole answer is, and so is {@code unknown}: the vendor may have been paid, so the same key
     * must not call it again. Every other end is without an answer, and known to be: clients' libraries repeat such calls with the key
     * they had and expect a new try.
     */
    public static boolean keeps(Fact.Terminal terminal) {
        return terminal.status() == Status.COMPLETED || terminal.status() == Status.UNKNOWN;
    }
}
