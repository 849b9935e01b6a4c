package dev.laneway.provider.claims;

import dev.laneway.contracts.FailureKind;
import java.util.Objects;

/** The money for an attempt is not there any more: it is not to be sent. */
public final class UnpaidException extends Exception {
    private static final long serialVersionUID = 1;

    private final FailureKind kind;

    UnpaidException(FailureKind kind) {
        super(kind.id(), null, false, false);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** {@link FailureKind#BUDGET_EXCEEDED} or {@link FailureKind#BUDGETS_AWAY}. */
    public FailureKind kind() {
        return kind;
    }
}
