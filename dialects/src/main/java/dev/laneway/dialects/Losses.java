package dev.laneway.dialects;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a translation could not carry as it was: dropped, approximated, or so essential that the request is refused. Names fields
 * and reasons, never values. One translation, one thread.
 */
public final class Losses {
    private final Set<String> notes = new LinkedHashSet<>();
    private @Nullable String refusal;

    /** The answer can do without it. */
    public void dropped(String field, String reason) {
        notes.add("dropped " + field + ": " + reason);
    }

    /** Something near it was sent. */
    public void approximated(String field, String how) {
        notes.add("approximated " + field + ": " + how);
    }

    /** Without it the answer would be to another question. The first such reason counts. */
    public void refuse(String reason) {
        if (refusal == null) {
            refusal = reason;
        }
    }

    /** The refusal, if there was one. */
    public @Nullable Failure refusal() {
        return refusal == null ? null : Failure.of(FailureKind.REJECTED, refusal);
    }

    public List<String> notes() {
        return new ArrayList<>(notes);
    }
}
