package dev.laneway.runtime.config.alerts;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a rule tells nobody. What is due then is recorded, and can be listed.
 *
 * @param until before that; null: no such time
 * @param daily within any of these
 * @param days on any of these, whole
 * @param zone by whose clock
 */
public record Silence(@Nullable Instant until, List<Span> daily, Set<DayOfWeek> days, ZoneId zone) {
    public static final Silence NONE = new Silence(null, List.of(), Set.of(), ZoneId.of("UTC"));

    /**
     * A part of each day. Where it begins later than it ends, it goes over midnight.
     *
     * @param from within
     * @param to outside
     */
    public record Span(LocalTime from, LocalTime to) {
        boolean holds(LocalTime time) {
            return from.isBefore(to)
                    ? !time.isBefore(from) && time.isBefore(to)
                    : !time.isBefore(from) || time.isBefore(to);
        }

        @Override
        public String toString() {
            return from + "-" + to;
        }
    }

    public Silence {
        daily = List.copyOf(daily);
        days = Set.copyOf(days);
        Objects.requireNonNull(zone, "zone");
    }

    public boolean holds(Instant now) {
        if (until != null && now.isBefore(until)) {
            return true;
        }
        ZonedDateTime there = now.atZone(zone);
        return days.contains(there.getDayOfWeek()) || daily.stream().anyMatch(span -> span.holds(there.toLocalTime()));
    }
}
