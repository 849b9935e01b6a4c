package dev.laneway.bench;

import java.util.List;

/**
 * How long and how wide.
 *
 * @param connections each measured by itself
 * @param warmupSeconds of load before the first measurement of a target
 * @param seconds of each measurement
 * @param rounds of measurements; in each, all targets take their turns
 * @param streams paced streams held at once
 */
public record BenchSettings(List<Integer> connections, int warmupSeconds, int seconds, int rounds, int streams) {
    public BenchSettings {
        connections = List.copyOf(connections);
    }

    /** What the README's figures come from: about seven minutes. */
    public static BenchSettings full() {
        return new BenchSettings(List.of(1, 10, 64, 256), 45, 6, 3, 512);
    }

    /** About a minute and a half; says whether something broke, not how fast it is. */
    public static BenchSettings quick() {
        return new BenchSettings(List.of(1, 64), 5, 4, 1, 128);
    }
}
