package dev.laneway.runtime.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address, or a block of them in CIDR's form such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. No name is ever looked up. Immutable.
 *
 * @param address its first one, with all bits beyond the prefix zero
 * @param prefix how many leading bits are the same for all its addresses
 */
public record Network(InetAddress address, int prefix) {
    public Network {
        Objects.requireNonNull(address, "address");
        byte[] bytes = address.getAddress();
        if (prefix < 0 || prefix > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException("no prefix of " + address + ": " + prefix);
        }
    }

    /** The network that a text means; null where it means none. */
    public static @Nullable Network of(String text) {
        String stated = text.strip();
        int slash = stated.indexOf('/');
        InetAddress address = address(slash < 0 ? stated : stated.substring(0, slash));
        if (address == null) {
            return null;
        }
        int bits = address.getAddress().length * Byte.SIZE;
        String length = slash < 0 ? Integer.toString(bits) : stated.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
            return null;
        }
        int prefix = Integer.parseInt(length);
        return new Network(firstOf(address, prefix), prefix);
    }

    /** An address as it is written, a bracketed one of IPv6 too; an IPv4 one within IPv6 is IPv4. Null where the text is none. */
    public static @Nullable InetAddress address(String text) {
        String stated = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = stated.indexOf('%');
        String plain = zone < 0 ? stated : stated.substring(0, zone);
        boolean looksRight = plain.indexOf(':') >= 0 || plain.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        try {
            return looksRight ? InetAddress.ofLiteral(plain) : null;
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    public boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && firstOf(other, prefix).equals(address);
    }

    private static InetAddress firstOf(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        byte[] first = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < first.length; i++) {
            int kept = Math.clamp(prefix - (long) i * Byte.SIZE, 0, Byte.SIZE);
            first[i] = (byte) (first[i] & (0xff << (Byte.SIZE - kept)));
        }
        try {
            return InetAddress.getByAddress(first);
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
