package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.config.KeyGenerator;

/** The secret of a key that is being made, shown once. */
record Secret(String text) {
    private static final KeyGenerator GENERATOR = KeyGenerator.secure();
    private static final int HINT = 4;
    /** Of one that somebody chose. */
    static final int SHORTEST = 16;

    static final String FORM =
            "A key has at least " + SHORTEST + " characters of printable ASCII, none of them a space.";

    /** Whether a field, where it says something, is fit to be a secret. */
    static boolean isFit(Fields fields, String name) {
        String text = fields.text(name);
        return !fields.says(name) || (text != null && text.matches("[!-~]{" + SHORTEST + ",}"));
    }

    /** The one that a body has, fit or not; else a fresh one. */
    static Secret of(ObjectNode body, String name) {
        return body.hasNonNull(name)
                ? new Secret(body.get(name).asText())
                : new Secret(GENERATOR.next().reveal());
    }

    String digest() {
        return FileKey.digest(text);
    }

    /** The last characters, to tell it by. */
    String hint() {
        return text.substring(Math.max(0, text.length() - HINT));
    }

    @Override
    public String toString() {
        return "Secret[..." + hint() + "]";
    }
}
