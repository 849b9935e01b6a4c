package dev.laneway.ingress.keys;

import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.config.KeyGenerator;

/** The secret of a key that is being made, shown once. */
record Secret(String text) {
    private static final KeyGenerator GENERATOR = KeyGenerator.secure();
    private static final int HINT = 4;
    /** Of one that somebody chose. */
    static final int SHORTEST = 16;

    static Secret fresh() {
        return new Secret(GENERATOR.next().reveal());
    }

    String digest() {
        return FileKey.digest(text);
    }

    /** The last characters, to tell it by. */
    String hint() {
        return text.substring(text.length() - HINT);
    }

    @Override
    public String toString() {
        return "Secret[..." + hint() + "]";
    }
}
