package dev.laneway.standalone.proofs;

import dev.laneway.runtime.meters.MetricName;

/** Metrics of the proofs after reloads. They are there from the first reload on. */
enum ProofMetric implements MetricName {
    KEPT(
            "laneway.proof.kept",
            "1 where the last proof after a reload found every privacy rule kept; 0 where it found one broken or came to nothing."),
    RUNS("laneway.proof.runs", "Proofs after reloads, by outcome.");

    private final String id;
    private final String description;

    ProofMetric(String id, String description) {
        this.id = id;
        this.description = description;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return description;
    }
}
