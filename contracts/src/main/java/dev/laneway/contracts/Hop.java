package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan: the deployments of a group that were in the config when it was planned.
 *
 * @param name the group or deployment that the chain names
 * @param deployments ids, in the order to try them; the router passes over those that are out of service when their turn comes
 * @param onlyAfter present where the hop is taken only after a failure of that kind
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hop(
        String name, List<String> deployments, @Nullable FailureKind onlyAfter) {
    public Hop {
        Objects.requireNonNull(name, "name");
        deployments = List.copyOf(deployments);
    }

    /** A hop that may follow any failure. */
    public Hop(String name, List<String> deployments) {
        this(name, deployments, null);
    }
}
