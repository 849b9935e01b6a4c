package dev.laneway.runtime.config.models;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a host in a URL says about where it is, by its text alone. Names are never looked up: what a resolver answers may change,
 * and may not be the same in every role.
 */
public enum Host {
    /** {@code localhost}, 127.0.0.0/8, {@code ::1}. */
    LOOPBACK,
    /** 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, {@code fc00::/7}. */
    PRIVATE,
    /** A name that only a local resolver answers: without a dot, or ending in {@code .localhost}, {@code .local}, {@code .internal}, {@code .lan}. */
    LOCAL_NAME,
    /** 100.64.0.0/10, where overlay networks put their machines; carriers use it too. */
    OVERLAY,
    /** Any other address or name. */
    PUBLIC,
    /** Digits that resolvers read as an address in ways of their own, such as {@code 2130706433} or {@code 0x7f.1}. */
    DISGUISED;

    private static final List<String> LOCAL_ENDINGS =
            List.of(".localhost", ".local", ".internal", ".lan", ".home.arpa");
    private static final Pattern NUMERIC = Pattern.compile("(0x[0-9a-f]*|[0-9]+)");

    /** Tells the kind of a URL's host, brackets around an IPv6 address or not. */
    public static Host of(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (name.startsWith("[") || name.indexOf(':') >= 0) {
            return ofIpv6(name.replace("[", "").replace("]", ""));
        }
        int[] quad = quad(name);
        if (quad != null) {
            return ofIpv4(quad);
        }
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (name.isEmpty() || NUMERIC.matcher(last).matches()) {
            return DISGUISED;
        }
        if (name.equals("localhost")) {
            return LOOPBACK;
        }
        boolean local = name.indexOf('.') < 0 || LOCAL_ENDINGS.stream().anyMatch(name::endsWith);
        return local ? LOCAL_NAME : PUBLIC;
    }

    /** True where no name stands between the config and the machine, and the machine is inside. */
    public boolean plainlyInside() {
        return this == LOOPBACK || this == PRIVATE;
    }

    private static Host ofIpv4(int[] quad) {
        if (quad[0] == 127) {
            return LOOPBACK;
        }
        boolean inside = quad[0] == 10
                || (quad[0] == 172 && quad[1] >= 16 && quad[1] <= 31)
                || (quad[0] == 192 && quad[1] == 168);
        if (inside) {
            return PRIVATE;
        }
        return quad[0] == 100 && quad[1] >= 64 && quad[1] <= 127 ? OVERLAY : PUBLIC;
    }

    /** An IPv4 address inside an IPv6 one counts as public: nobody needs to write it so. */
    private static Host ofIpv6(String address) {
        if (address.equals("::1") || address.equals("0:0:0:0:0:0:0:1")) {
            return LOOPBACK;
        }
        boolean unique = address.length() > 4 && address.indexOf(':') == 4 && address.matches("f[cd][0-9a-f]{2}:.*");
        return unique && address.indexOf('.') < 0 && address.indexOf('%') < 0 ? PRIVATE : PUBLIC;
    }

    /** Four decimal numbers without leading zeros, which some resolvers read as octal; null otherwise. */
    private static int @Nullable [] quad(String name) {
        String[] parts = name.split("\\.", -1);
        int[] quad = new int[4];
        if (parts.length != 4) {
            return null;
        }
        for (int i = 0; i < 4; i++) {
            if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
                return null;
            }
            quad[i] = Integer.parseInt(parts[i]);
        }
        return quad;
    }
}
