package dev.laneway.dialects.responses;

import dev.laneway.dialects.json.ByteText;

/** Numbers and frames the events of a streamed response. One answer, one thread. */
final class EventWriter {
    private final ByteText out = new ByteText(1024);
    private long sequence;

    EventWriter(long sequence) {
        this.sequence = sequence;
    }

    /** Begins an event; its further fields follow, each with a comma in front. */
    ByteText begin(String type) {
        return out.ascii("event: ")
                .ascii(type)
                .ascii("\ndata: {\"type\":\"")
                .ascii(type)
                .ascii("\",\"sequence_number\":")
                .number(sequence++);
    }

    /** The event that was begun. */
    ByteText more() {
        return out;
    }

    void end() {
        out.ascii("}\n\n");
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    byte[] take() {
        return out.take();
    }
}
