package dev.laneway.services;

import java.nio.file.Path;
import java.util.List;

/**
 * The broker's folders.
 *
 * @param main holds the metadata log, and every topic but those of zone local
 * @param local holds the topics of zone local and nothing else
 */
record KafkaDirs(Path main, Path local) {
    /** What topics of zone local begin with. */
    static final String LOCAL_TOPICS = "lw.local.";

    /** Where partitions of a topic lie. */
    Path of(String topic) {
        return topic.startsWith(LOCAL_TOPICS) ? local : main;
    }

    List<String> names() {
        return List.of(main.toString(), local.toString());
    }
}
