package dev.laneway.runtime.config;

import java.util.List;
import java.util.Objects;

/**
 * One step of a route's chain.
 *
 * @param name the group or deployment that the config names
 * @param deployments ids, in the order of the file; empty when all of them are out of service
 * @param origin which part of the config put it here
 */
public record ChainHop(String name, List<String> deployments, HopOrigin origin) {
    public ChainHop {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(origin, "origin");
        deployments = List.copyOf(deployments);
    }
}
