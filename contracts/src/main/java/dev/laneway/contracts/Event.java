package dev.laneway.contracts;

/** The envelope of an event that belongs to one request: JSON in the record header {@value #HEADER}. */
public interface Event {
    /** The record header that holds the envelope. */
    String HEADER = "lw";

    /** The request it belongs to: also the record's key. */
    String requestId();
}
