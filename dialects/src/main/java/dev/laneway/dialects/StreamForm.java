package dev.laneway.dialects;

/** How a stream goes over HTTP. */
public enum StreamForm {
    /** Server-sent events: a frame ends with a blank line, and comments may stand between frames. */
    EVENTS,
    /** One JSON document a line, and nothing else: no comment, no blank line. */
    LINES
}
