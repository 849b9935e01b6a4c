package dev.laneway.runtime.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * What a commit says besides its offset, in the field that the broker keeps for it: the seam for marks that have to survive whatever
 * else forgets, such as how many records of a partition were begun ({@code started=N}). They are
 * read back by an admin client's group offsets: the Vert.x consumer's own question for them ends in an error with Kafka's clients 4.
 */
@FunctionalInterface
public interface CommitNotes {
    CommitNotes NONE = (partition, offset) -> "";

    /** The note, at most 4,096 bytes of text. Called on the source's context, for each partition that is about to be committed. */
    String note(TopicPartition partition, long offset);
}
