package dev.laneway.ingress.spend;

import dev.laneway.runtime.ledger.LoggedAttempt;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt was made. Its id says at which hop of the chain, and which try of it, from 0 on.
 *
 * @param why {@code first}, {@code retry} of a hop, or {@code fallback} to a later one; null where its id does not say
 * @param after why the attempt before it had failed; null where there was none before, or it is not known
 */
record Made(@Nullable String why, @Nullable String after) {
    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::hop).thenComparingInt(Place::number);

    private record Place(int hop, int number) {
        static @Nullable Place of(String attempt) {
            String[] parts = attempt.split(":", -1);
            boolean known = parts.length == 3 && parts[1].matches("[0-9]{1,6}") && parts[2].matches("[0-9]{1,6}");
            return known ? new Place(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])) : null;
        }
    }

    /** @param all of the request, in any order */
    static Made of(LoggedAttempt attempt, List<LoggedAttempt> all) {
        Place place = Place.of(attempt.id());
        if (place == null) {
            return new Made(null, null);
        }
        LoggedAttempt before = null;
        Place last = null;
        for (LoggedAttempt each : all) {
            Place there = Place.of(each.id());
            if (there != null && ORDER.compare(there, place) < 0 && (last == null || ORDER.compare(there, last) >= 0)) {
                before = each;
                last = there;
            }
        }
        boolean sameHop = last == null ? place.hop == 0 : last.hop == place.hop;
        return new Made(
                !sameHop ? "fallback" : last == null ? "first" : "retry", before == null ? null : before.failure());
    }
}
