package dev.laneway.contracts;

/** The envelope of an event, which belongs to one request unless its type says otherwise: JSON in the record header {@value #HEADER}. */
public interface Event {
    /** The record header that holds the envelope. */
    String HEADER = "lw";

    /** The request it belongs to: also the record's key. */
    String requestId();
}
