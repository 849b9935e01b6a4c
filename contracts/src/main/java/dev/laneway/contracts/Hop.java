package dev.laneway.contracts;

import java.util.List;
import java.util.Objects;

/**
 * One step of a plan: the deployments of a group that were in the config when it was planned.
 *
 * @param name the group or deployment that the chain names
 * @param deployments ids, in the order to try them; the router passes over those that are out of service when their turn comes
 */
public record Hop(String name, List<String> deployments) {
    public Hop {
        Objects.requireNonNull(name, "name");
        deployments = List.copyOf(deployments);
    }
}
