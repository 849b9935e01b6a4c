package dev.laneway.contracts;

import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Ids of requests: {@code req_} and 26 characters of Crockford's base 32, the first ten of which are the time of acceptance, so
 * that ids sort by time and a search of the topics knows where to begin.
 */
public final class RequestIds {
    private static final String PREFIX = "req_";
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int LENGTH = 26;
    private static final ThreadLocal<SplittableRandom> RANDOM =
            ThreadLocal.withInitial(() -> new SplittableRandom(new SecureRandom().nextLong()));

    private RequestIds() {}

    /** A new id for a request accepted at a time, epoch milliseconds. Safe on any thread. */
    public static String next(long acceptedAt) {
        char[] out = new char[PREFIX.length() + LENGTH];
        PREFIX.getChars(0, PREFIX.length(), out, 0);
        long time = acceptedAt;
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            out[PREFIX.length() + i] = DIGITS[(int) (time & 31)];
            time >>>= 5;
        }
        long high = RANDOM.get().nextLong();
        long low = RANDOM.get().nextLong();
        for (int i = 0; i < 8; i++) {
            out[PREFIX.length() + TIME_DIGITS + i] = DIGITS[(int) (high & 31)];
            out[PREFIX.length() + TIME_DIGITS + 8 + i] = DIGITS[(int) (low & 31)];
            high >>>= 5;
            low >>>= 5;
        }
        return new String(out);
    }

    /** When the request of an id was accepted, epoch milliseconds; empty where it is not an id of ours. */
    public static OptionalLong acceptedAt(String id) {
        if (id.length() != PREFIX.length() + LENGTH || !id.startsWith(PREFIX)) {
            return OptionalLong.empty();
        }
        long time = 0;
        for (int i = 0; i < TIME_DIGITS; i++) {
            int digit = digit(id.charAt(PREFIX.length() + i));
            if (digit < 0) {
                return OptionalLong.empty();
            }
            time = time << 5 | digit;
        }
        return OptionalLong.of(time);
    }

    private static int digit(char c) {
        for (int i = 0; i < DIGITS.length; i++) {
            if (DIGITS[i] == c) {
                return i;
            }
        }
        return -1;
    }
}
