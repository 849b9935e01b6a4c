package dev.laneway.testkit.answers;

/** Turns numbers and texts into well spread bits: the simulator's only source of chance. */
public final class Mix {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mix() {}

    /** Bits that depend on all of the parts and on their order. */
    public static long of(long... parts) {
        long mixed = GOLDEN;
        for (long part : parts) {
            mixed = scramble(mixed + part * GOLDEN);
        }
        return mixed;
    }

    /** 64 bits of a text. */
    public static long of(CharSequence text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return scramble(hash);
    }

    /** From 0 (inclusive) to 1 (exclusive). */
    public static double fraction(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** A draw from the standard normal distribution (Box and Muller). */
    public static double gaussian(long bits) {
        double radius = Math.sqrt(-2 * Math.log(1 - fraction(bits)));
        return radius * Math.cos(2 * Math.PI * fraction(scramble(bits ^ GOLDEN)));
    }

    /** A text of letters and digits of this length, such as vendors use in ids. */
    public static String letters(long bits, int length) {
        char[] text = new char[length];
        long left = 0;
        for (int i = 0; i < length; i++) {
            if (i % 10 == 0) {
                left = of(bits, i);
            }
            int digit = (int) ((left >>> 1) % 62);
            left = (left >>> 1) / 62;
            text[i] = (char) (digit < 10 ? '0' + digit : digit < 36 ? 'A' + digit - 10 : 'a' + digit - 36);
        }
        return new String(text);
    }

    private static long scramble(long bits) {
        long z = bits;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
