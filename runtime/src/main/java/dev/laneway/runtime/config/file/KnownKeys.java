package dev.laneway.runtime.config.file;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a key that no reader took: what {@link KeyTable} says of it; of one that isn't there, a warning with a guess in
 * LiteLLM's blocks, an error in our own.
 */
public final class KnownKeys {
    private final Reading reading;

    public KnownKeys(Reading reading) {
        this.reading = reading;
    }

    /** Says something of every key of a LiteLLM block that nobody took. */
    public void leftInLiteLlms(Block block, String name) {
        block.rest().forEach((key, value) -> {
            KeyTable.Row row = KeyTable.find(name, key);
            if (row != null) {
                known(row, value);
            } else if (!key.startsWith("x-")) {
                reading.problems()
                        .warn(
                                value.place(),
                                "unknown key, nothing is done with it",
                                () -> Spelling.didYouMean(key, KeyTable.names(name), "remove it"));
            }
        });
    }

    /** Says that keys which would have an effect elsewhere have none here; others stay for {@link #leftInLiteLlms}. */
    public void withoutEffect(Block block, String name, String why) {
        block.rest().forEach((key, value) -> {
            KeyTable.Row row = KeyTable.find(name, key);
            if (row != null
                    && (row.verdict() == KeyTable.Verdict.YES || row.verdict() == KeyTable.Verdict.DIFFERENTLY)) {
                block.take(key);
                reading.problems().unsupported(value.place(), why, "say it where it has one, or remove it");
            }
        });
    }

    /** Refuses every key of one of our own blocks that nobody took. */
    public void leftInOurs(Block block, Collection<String> supported) {
        block.rest()
                .forEach((key, value) -> reading.problems()
                        .error(
                                value.place(),
                                "unknown key",
                                () -> Spelling.didYouMean(
                                        key, supported, "remove it; known are " + String.join(", ", supported))));
    }

    /** What is known of a key; null when nothing is. */
    public static @Nullable String reason(String block, String key) {
        KeyTable.Row row = KeyTable.find(block, key);
        return row == null ? null : row.why();
    }

    private void known(KeyTable.Row row, Value value) {
        switch (row.verdict()) {
            case LIMIT -> {
                if (!value.asksNothing()) {
                    reading.problems().unenforced(value.place(), row.why());
                }
            }
            case ALWAYS -> reading.problems().warn(value.place(), "needs no saying: " + row.why(), "remove it");
            case NO -> {
                if (!value.asksNothing()) {
                    reading.problems().unsupported(value.place(), row.why(), "remove it");
                }
            }
            case DIFFERENTLY -> {
                if (!value.asksNothing()) {
                    reading.problems()
                            .warn(value.place(), "in force differently: " + row.why(), "see whether that does");
                }
            }
            case YES -> {
                if (!value.asksNothing()) {
                    reading.problems().unsupported(value.place(), "it has no effect here", "remove it");
                }
            }
        }
    }
}
