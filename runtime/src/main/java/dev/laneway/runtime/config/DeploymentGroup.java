package dev.laneway.runtime.config;

import java.util.List;
import java.util.Objects;

/**
 * Deployments that share a {@code model_name}: load is spread over them by weight.
 *
 * @param name may hold one {@code *}
 * @param deployments ids, in the order of the file
 * @param outOfService entries of the group that no request can be given to, and why
 */
public record DeploymentGroup(String name, List<String> deployments, List<OutOfService> outOfService) {
    public DeploymentGroup {
        Objects.requireNonNull(name, "name");
        deployments = List.copyOf(deployments);
        outOfService = List.copyOf(outOfService);
    }
}
