package dev.laneway.bench;

import java.util.List;

/**
 * How long and how wide.
 *
 * @param connections each measured by itself
 * @param warmupSeconds before the first measurement of a target
 * @param seconds of each measurement
 * @param streams paced streams held at once
 */
public record BenchSettings(List<Integer> connections, int warmupSeconds, int seconds, int streams) {
    public BenchSettings {
        connections = List.copyOf(connections);
    }

    /** What the README's figures come from: about eight minutes. */
    public static BenchSettings full() {
        return new BenchSettings(List.of(1, 10, 64, 256), 45, 10, 512);
    }

    /** About a minute and a half; says whether something broke, not how fast it is. */
    public static BenchSettings quick() {
        return new BenchSettings(List.of(1, 64), 5, 4, 128);
    }
}
