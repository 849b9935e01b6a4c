package dev.laneway.provider.call;

import java.nio.charset.StandardCharsets;

/**
 * Guesses how many tokens an answer holds, where its vendor does not say and nobody counts who reads it, from its bytes as they pass:
 * of JSON, in whatever frames, the texts under the names that vendors give them, by {@link TokenWeights}. Each piece of text is at least one token. Where there is none, each line of
 * a stream is one, and an answer that is no stream is all text, four bytes to a token. Keeps nothing of what it reads. One context.
 */
final class Tally {
    private static final int BYTES_A_TOKEN = 4;
    /** Shorter lines name an event, or end one. */
    private static final int SHORTEST_DATA = 24;

    private static final long[] TEXTS = hashes(
            "content",
            "text",
            "thinking",
            "reasoning",
            "reasoning_content",
            "refusal",
            "arguments",
            "partial_json",
            "response");
    /** Of the Responses API, which says all again when a part is whole. */
    private static final long DELTA = hash("delta");

    private static final long HASH_START = 0xcbf29ce484222325L;
    private static final long HASH_FACTOR = 0x100000001b3L;

    private final boolean stream;
    private final Texts texts = new Texts();
    private final Texts deltas = new Texts();
    private long lines;
    private long bytes;
    private long inLine;

    private Where where = Where.BETWEEN;
    /** Of the last string, which was a name if a colon follows. */
    private long hash;
    /** Where the string that is read now counts; null where it does not. */
    private Texts into = texts;

    private boolean counts;
    private int unit;
    private int digits;

    private enum Where {
        BETWEEN,
        /** After a string. */
        NAMED,
        /** After a colon. */
        SAID,
        STRING,
        ESCAPE,
        HEX
    }

    private static final class Texts {
        long pieces;
        long weight;
        boolean began;

        void add(int more) {
            weight += more;
            if (!began) {
                began = true;
                pieces++;
            }
        }

        long tokens() {
            return Math.max(pieces, TokenWeights.tokens(weight));
        }
    }

    Tally(boolean stream) {
        this.stream = stream;
    }

    void add(byte[] read) {
        bytes += read.length;
        for (byte each : read) {
            int one = each & 0xff;
            if (one == '\n') {
                lines += inLine >= SHORTEST_DATA ? 1 : 0;
                inLine = 0;
            } else {
                inLine++;
            }
            step(one);
        }
    }

    private void step(int one) {
        if (one < ' ') { // none is within a string: whatever this is, JSON begins anew behind it
            where = where == Where.NAMED || where == Where.SAID ? where : Where.BETWEEN;
            return;
        }
        switch (where) {
            case STRING -> inString(one);
            case ESCAPE -> escaped(one);
            case HEX -> hex(one);
            case BETWEEN -> begin(one, false);
            case SAID -> begin(one, true);
            case NAMED -> {
                if (one == ':') {
                    where = Where.SAID;
                } else if (one != ' ') {
                    begin(one, false);
                }
            }
        }
    }

    private void begin(int one, boolean value) {
        if (one == '"') {
            into = hash == DELTA ? deltas : texts;
            counts = value && (hash == DELTA || isText(hash));
            into.began = false;
            hash = HASH_START;
            where = Where.STRING;
        } else if (one != ' ') {
            where = Where.BETWEEN;
        }
    }

    private void inString(int one) {
        if (one == '"') {
            where = counts ? Where.BETWEEN : Where.NAMED;
        } else if (one == '\\') {
            where = Where.ESCAPE;
        } else if (counts) {
            into.add(TokenWeights.of(one));
        } else {
            hash = (hash ^ one) * HASH_FACTOR;
        }
    }

    private void escaped(int one) {
        if (one == 'u') {
            unit = 0;
            digits = 0;
            where = Where.HEX;
            return;
        }
        where = Where.STRING;
        if (counts) {
            into.add(TokenWeights.of(one == 'n' || one == 't' || one == 'r' ? '\n' : one));
        }
    }

    private void hex(int one) {
        unit = unit << 4 | Math.max(0, Character.digit(one, 16));
        digits++;
        if (digits == 4) {
            where = Where.STRING;
            if (counts) {
                into.add(TokenWeights.ofUnit(unit));
            }
        }
    }

    long tokens() {
        long seen = deltas.pieces > 0 ? deltas.tokens() : texts.tokens();
        if (seen > 0) {
            return seen;
        }
        return stream && lines > 0 ? lines : (stream ? inLine : bytes) / BYTES_A_TOKEN;
    }

    private static boolean isText(long name) {
        for (long text : TEXTS) {
            if (text == name) {
                return true;
            }
        }
        return false;
    }

    private static long[] hashes(String... names) {
        long[] hashes = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            hashes[i] = hash(names[i]);
        }
        return hashes;
    }

    private static long hash(String name) {
        long hash = HASH_START;
        for (byte one : name.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ one) * HASH_FACTOR;
        }
        return hash;
    }
}
