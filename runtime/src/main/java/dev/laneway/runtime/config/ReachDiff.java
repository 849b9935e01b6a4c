package dev.laneway.runtime.config;

import dev.laneway.contracts.Zone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What each route can reach that it could not before. What is out of service counts: it may come back by itself.
 *
 * @param gains in the order of the routes
 */
public record ReachDiff(List<Gain> gains) {
    public ReachDiff {
        gains = List.copyOf(gains);
    }

    /**
     * A route and what is new in its reach.
     *
     * @param leftBefore whether it could leave the network before
     */
    public record Gain(String route, boolean leftBefore, List<Place> places) {
        public Gain {
            places = List.copyOf(places);
        }
    }

    /** Where a request may be sent: a line for people, and whether that is outside the network. */
    public record Place(String text, Zone zone) {}

    public static ReachDiff of(RouteReport before, RouteReport after) {
        List<Gain> gains = new ArrayList<>();
        for (RouteReport.Entry route : after.routes()) {
            Set<Place> old = new LinkedHashSet<>();
            before.routes().stream()
                    .filter(was -> was.route().equals(route.route()))
                    .forEach(was -> old.addAll(places(was)));
            Set<Place> gained = places(route);
            gained.removeAll(old);
            if (!gained.isEmpty()) {
                boolean leftBefore = old.stream().anyMatch(place -> place.zone() == Zone.CLOUD);
                gains.add(new Gain(route.route(), leftBefore, List.copyOf(gained)));
            }
        }
        return new ReachDiff(gains);
    }

    /** Empty where nothing is gained. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Gain gain : gains) {
            text.append(gain.route()).append(" can reach, and could not before:\n");
            gain.places()
                    .forEach(place -> text.append("    ")
                            .append(place.text())
                            .append(
                                    place.zone() == Zone.LOCAL
                                            ? "  local"
                                            : "  CLOUD: may now leave the network for it")
                            .append('\n'));
        }
        List<String> opened = gains.stream()
                .filter(gain ->
                        !gain.leftBefore() && gain.places().stream().anyMatch(place -> place.zone() == Zone.CLOUD))
                .map(Gain::route)
                .toList();
        return opened.isEmpty()
                ? text.toString()
                : text + "MAY NOW LEAVE THE NETWORK, and could not before: " + String.join(", ", opened) + "\n";
    }

    private static Set<Place> places(RouteReport.Entry route) {
        Set<Place> places = new LinkedHashSet<>();
        for (RouteReport.Hop hop : route.hops()) {
            for (RouteReport.Target target : hop.deployments()) {
                String account = target.account() == null ? "" : "  account " + target.account();
                String address = target.address() == null ? "" : "  " + target.address();
                places.add(new Place(target.model() + account + address, target.zone()));
            }
        }
        return places;
    }
}
