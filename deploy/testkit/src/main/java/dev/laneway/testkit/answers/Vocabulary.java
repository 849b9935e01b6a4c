package dev.laneway.testkit.answers;

import java.util.ArrayList;
import java.util.List;

/** Words for answers that nobody prescribed. Each is one token; not all of them are ASCII. */
final class Vocabulary {
    private static final String[] WORDS = {
        " amber",
        " river",
        " quiet",
        " lantern",
        " seven",
        " harbour",
        " north",
        " paper",
        " copper",
        " window",
        " slow",
        " orchard",
        " signal",
        " bridge",
        " winter",
        " salt",
        " ladder",
        " engine",
        " green",
        " valley",
        " thunder",
        " clock",
        " silver",
        " market",
        " distant",
        " violin",
        " stone",
        " garden",
        " ferry",
        " morning",
        " maple",
        " anchor",
        " velvet",
        " canyon",
        " ember",
        " compass",
        " crystal",
        " meadow",
        " hazel",
        " pilot",
        " café",
        " naïve",
        " größer",
        " señal",
        " 東京",
        " mars",
        " linen",
        " falcon",
        " timber",
        " island",
        " saffron",
        " mirror",
        " basalt",
        " harvest",
        " prairie",
        " lighthouse",
        " cedar",
        " marble",
        " rapid",
        " cobalt",
        " dune",
        " willow",
        " beacon",
        " tide"
    };

    private Vocabulary() {}

    /** So many words; the first without its leading space. */
    static List<String> words(long bits, int count) {
        List<String> words = new ArrayList<>(count);
        long left = bits;
        for (int i = 0; i < count; i++) {
            if (i % 10 == 0) {
                left = Mix.of(bits, i);
            }
            String word = WORDS[(int) (left & 63)];
            left >>>= 6;
            words.add(i == 0 ? word.substring(1) : word);
        }
        return words;
    }
}
