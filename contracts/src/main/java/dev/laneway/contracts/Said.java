package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * That a client was told a part of an answer whose stream then broke off, and how another attempt may go on with it. What was told is
 * content: it stands in the record's value, behind the client's body, and nowhere else.
 *
 * @param attempt the attempt to whose frames the client's stream is bound; those of the next one have to name it
 * @param call which call of it said so
 * @param frames how many frames of the answer there are so far, of all attempts: the number of the next one
 * @param firstOffset of the answer's first frame in its partition
 * @param bytes how many bytes at the value's end tell what was said, in a form that only workers read
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Said(String attempt, int call, int frames, long firstOffset, int bytes) {
    public Said {
        Objects.requireNonNull(attempt, "attempt");
        if (frames < 1 || bytes < 1) {
            throw new IllegalArgumentException("nothing was said");
        }
    }
}
