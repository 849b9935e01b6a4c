package dev.laneway.ingress.terms;

import dev.laneway.runtime.config.Network;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from. Only a proxy that the config trusts is believed what it says of those before it; the nearest one that is no such
 * proxy is the client.
 */
final class ClientAddress {
    private static final String FORWARDED = "x-forwarded-for";

    private ClientAddress() {}

    /** Null where it is not known. */
    static @Nullable InetAddress of(HttpServerRequest http, List<Network> trusted) {
        SocketAddress remote = http.connection().remoteAddress();
        String host = remote == null ? null : remote.hostAddress();
        InetAddress nearest = host == null ? null : Network.address(host);
        return nearest == null || !isTrusted(nearest, trusted) ? nearest : behind(nearest, http.headers(), trusted);
    }

    private static @Nullable InetAddress behind(InetAddress proxy, MultiMap headers, List<Network> trusted) {
        List<String> path = new ArrayList<>();
        headers.getAll(FORWARDED).forEach(value -> path.addAll(List.of(value.split(",", -1))));
        InetAddress client = proxy;
        for (String hop : path.reversed()) {
            client = Network.address(withoutPort(hop.strip()));
            if (client == null || !isTrusted(client, trusted)) {
                return client;
            }
        }
        return client;
    }

    /** Some proxies write {@code 192.0.2.1:4711} and {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        int bracket = hop.indexOf(']');
        if (hop.startsWith("[") && bracket > 0) {
            return hop.substring(0, bracket + 1);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private static boolean isTrusted(InetAddress address, List<Network> trusted) {
        return Networks.contain(trusted, address);
    }
}
