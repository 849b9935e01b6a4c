package dev.laneway.ingress.terms;

import dev.laneway.runtime.config.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Lists of networks as terms have them, read once each. Safe on any thread. */
final class Networks {
    private static final int MOST = 10_000;

    private final Map<List<String>, List<Network>> read = new ConcurrentHashMap<>();

    /** What a list means; a text that means none is none of them. */
    List<Network> of(List<String> texts) {
        if (read.size() > MOST) {
            read.clear();
        }
        return read.computeIfAbsent(
                texts,
                list -> list.stream().map(Network::of).filter(Objects::nonNull).toList());
    }

    static boolean contain(List<Network> networks, InetAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
