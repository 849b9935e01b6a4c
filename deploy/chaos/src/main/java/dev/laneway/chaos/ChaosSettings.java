package dev.laneway.chaos;

import java.util.List;

/**
 * What to do to it, and for how long.
 *
 * @param scenarios by name, in order; none for every attack
 * @param minutes of attacks in all; starting and comparing come on top
 * @param seed of which attacks and requests are drawn
 * @param longestSeconds of a vendor's call, 2 to 120; 0 for as long as fits the time
 * @param perSecond requests
 */
public record ChaosSettings(List<String> scenarios, double minutes, long seed, int longestSeconds, double perSecond) {
    public ChaosSettings {
        scenarios = List.copyOf(scenarios);
        if (minutes <= 0 || perSecond <= 0) {
            throw new IllegalArgumentException("minutes and requests per second are more than 0");
        }
    }
}
