package dev.laneway.dialects.answers;

/**
 * About how many tokens a character of text is, in thousandths, by its script: measured against the vocabulary {@code o200k_base} of GPT-4o,
 * others' differ by less than scripts do. Text of a few hundred characters is told to within about a quarter. Pure.
 */
final class TokenWeights {
    private static final int THOUSANDTHS = 1_000;
    /** Of a byte of UTF-8: a character's first one has the weight of all. */
    private static final int[] OF_BYTE = ofBytes();

    private TokenWeights() {}

    /** The weight of a text. */
    static long of(String text) {
        long weight = 0;
        for (var i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            weight += unit < 0x80 ? OF_BYTE[unit] : ofUnit(unit);
        }
        return weight;
    }

    /** The weight of a text as it stands within JSON: UTF-8, in which a backslash escapes. */
    static long of(byte[] json, int from, int to) {
        long weight = 0;
        for (var i = from; i < to; i++) {
            var one = json[i];
            if (one != '\\') {
                weight += OF_BYTE[one & 0xff];
            } else if (++i < to) {
                switch (json[i]) {
                    case 'u' -> {
                        weight += ofUnit(unit(json, i + 1, Math.min(to, i + 5)));
                        i += 4;
                    }
                    case 'n', 't', 'r' -> weight += OF_BYTE['\n'];
                    default -> weight += OF_BYTE[json[i] & 0xff];
                }
            }
        }
        return weight;
    }

    private static int unit(byte[] json, int from, int to) {
        var unit = 0;
        for (var i = from; i < to; i++) {
            unit = unit << 4 | Math.max(0, Character.digit(json[i], 16));
        }
        return unit;
    }

    /** Of half of, or all of, a character. */
    private static int ofUnit(int unit) {
        if (unit < 0x80) {
            return OF_BYTE[unit];
        }
        if (unit < 0x800) {
            return OF_BYTE[0xc0 | unit >> 6];
        }
        return Character.isSurrogate((char) unit) ? OF_BYTE[0xf0] / 2 : OF_BYTE[0xe0 | unit >> 12];
    }

    /** Rounded to the nearest. */
    static long tokens(long weight) {
        return (weight + THOUSANDTHS / 2) / THOUSANDTHS;
    }

    private static int[] ofBytes() {
        var weights = new int[256];
        fill(weights, 0x00, 0x7f, 620); // signs
        fill(weights, '0', '9', 420);
        fill(weights, 'A', 'Z', 300);
        fill(weights, 'a', 'z', 215);
        weights[' '] = 120;
        weights['\n'] = 400;
        fill(weights, 0xc0, 0xc9, 600); // Latin with accents
        fill(weights, 0xca, 0xcf, 380); // Greek among them
        fill(weights, 0xd0, 0xd5, 310); // Cyrillic
        fill(weights, 0xd6, 0xdf, 340); // Hebrew, Arabic
        weights[0xe0] = 350; // of India, Thai
        weights[0xe1] = 600;
        weights[0xe2] = 700; // signs
        weights[0xe3] = 830; // Kana
        fill(weights, 0xe4, 0xe9, 850); // Han
        fill(weights, 0xea, 0xed, 720); // Hangul
        fill(weights, 0xee, 0xef, 800);
        fill(weights, 0xf0, 0xff, 1_600); // pictures
        return weights;
    }

    private static void fill(int[] weights, int from, int to, int weight) {
        for (var i = from; i <= to; i++) {
            weights[i] = weight;
        }
    }
}
