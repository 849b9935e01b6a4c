package dev.laneway.runtime.config;

import java.util.List;
import java.util.Objects;

/**
 * A class of work: one privacy rule, one weight, one purpose, topics of its own.
 *
 * @param name a part of topic names: lower-case letters, digits and hyphens, 1 to 40
 * @param approved names of groups or deployments that work of a {@link Privacy#LOCAL_FIRST} lane may leave the network for; empty
 *     for other lanes
 * @param weight share of a busy worker's time beside other lanes, 1 to 1000
 * @param durable a synchronous request outlives its ingress
 * @param purpose one sentence for people: what belongs here
 * @param room requests that may wait for their first answer at one ingress, 1 to {@value #MOST_ROOM}
 * @param regions where its data may be processed; empty means anywhere
 */
public record Lane(
        String name,
        Privacy privacy,
        List<String> approved,
        int weight,
        OnUnknown onUnknown,
        boolean durable,
        String purpose,
        int room,
        List<String> regions) {
    public static final int DEFAULT_ROOM = 1_000;
    public static final int MOST_ROOM = 100_000;

    /** With the usual room. */
    public Lane(
            String name,
            Privacy privacy,
            List<String> approved,
            int weight,
            OnUnknown onUnknown,
            boolean durable,
            String purpose,
            List<String> regions) {
        this(name, privacy, approved, weight, onUnknown, durable, purpose, DEFAULT_ROOM, regions);
    }

    public Lane {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(privacy, "privacy");
        Objects.requireNonNull(onUnknown, "onUnknown");
        Objects.requireNonNull(purpose, "purpose");
        approved = List.copyOf(approved);
        regions = List.copyOf(regions);
        if (weight < 1) {
            throw new IllegalArgumentException("weight " + weight + " of lane " + name);
        }
        if (room < 1) {
            throw new IllegalArgumentException("room " + room + " of lane " + name);
        }
        if (privacy != Privacy.LOCAL_FIRST && !approved.isEmpty()) {
            throw new IllegalArgumentException("lane " + name + " approves deployments but is " + privacy.id());
        }
    }
}
