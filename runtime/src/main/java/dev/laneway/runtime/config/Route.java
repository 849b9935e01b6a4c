package dev.laneway.runtime.config;

import dev.laneway.contracts.Zone;
import java.util.List;
import java.util.Objects;

/**
 * The stable alias that a client puts in {@code model}.
 *
 * @param name may hold one {@code *}: then it stands for every model that fits the pattern
 * @param lane name of its lane
 * @param chain every hop that it can take, in order, fallbacks of the LiteLLM blocks among them; never empty
 * @param fallbackAllowed false: a failure of the first hop is the answer, and the chain has no other hop
 * @param privacy the lane's rule as narrowed by the route
 * @param zone the furthest that its requests may go: {@link Zone#LOCAL} unless privacy permits, and a hop is in, the cloud
 * @param purpose one sentence for people; the lane's where the route has none
 * @param visible listed in {@code /v1/models}; an alias may be hidden, a pattern always is
 * @param approved names of groups or deployments that it may leave the network for where its privacy is {@link
 *     Privacy#LOCAL_FIRST}: its own list, else its lane's
 * @param continueStreams whether a stream that broke off after its first token may be continued by another call; never where
 *     fallback is forbidden
 */
public record Route(
        String name,
        String lane,
        List<ChainHop> chain,
        boolean fallbackAllowed,
        Privacy privacy,
        Zone zone,
        String purpose,
        boolean visible,
        List<String> approved,
        boolean continueStreams) {
    public Route {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(privacy, "privacy");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(purpose, "purpose");
        chain = List.copyOf(chain);
        approved = List.copyOf(approved);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("route " + name + " has no hop");
        }
        if (privacy == Privacy.LOCAL_ONLY && zone == Zone.CLOUD) {
            throw new IllegalArgumentException("route " + name + " is local_only but of zone cloud");
        }
        if (continueStreams && !fallbackAllowed) {
            throw new IllegalArgumentException("route " + name + " continues streams but forbids fallback");
        }
    }

    /** A route that continues no streams. */
    public Route(
            String name,
            String lane,
            List<ChainHop> chain,
            boolean fallbackAllowed,
            Privacy privacy,
            Zone zone,
            String purpose,
            boolean visible,
            List<String> approved) {
        this(name, lane, chain, fallbackAllowed, privacy, zone, purpose, visible, approved, false);
    }

    /** A route that approves nothing of its own. */
    public Route(
            String name,
            String lane,
            List<ChainHop> chain,
            boolean fallbackAllowed,
            Privacy privacy,
            Zone zone,
            String purpose,
            boolean visible) {
        this(name, lane, chain, fallbackAllowed, privacy, zone, purpose, visible, List.of());
    }
}
