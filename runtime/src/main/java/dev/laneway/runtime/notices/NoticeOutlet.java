package dev.laneway.runtime.notices;

import dev.laneway.contracts.Fact;

/** Where notices go. To be used on its context. */
public interface NoticeOutlet {
    /** Publishes what was noticed of a key, where the broker answers; else it is counted, and lost. */
    void notice(Fact.Noticed noticed);

    /** False while the broker does not answer: what was gathered then waits. */
    boolean available();
}
