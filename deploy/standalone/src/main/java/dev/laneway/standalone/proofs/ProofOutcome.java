package dev.laneway.standalone.proofs;

import java.util.Locale;

/** What can come of a proof. */
enum ProofOutcome {
    /** Every privacy rule was kept. */
    KEPT,
    /** One was not. */
    BROKEN,
    /** The file had changed again before it was read, so that another config was proved than the one in force. */
    OUTDATED,
    /** Nothing was proved: it took too long, or could not run. */
    FAILED;

    /** As the metric's tag has it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
