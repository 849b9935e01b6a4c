package dev.laneway.ingress.call;

import dev.laneway.ingress.limits.Place;
import java.util.Objects;

/** A call's route, and its place in the route's lane: to be left once, whatever becomes of the call. */
record Admission(RouteCard card, Place place) {
    Admission {
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(place, "place");
    }
}
