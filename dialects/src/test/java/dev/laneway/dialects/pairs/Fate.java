package dev.laneway.dialects.pairs;

/** What became of a feature between two dialects. */
enum Fate {
    CARRIED,
    APPROXIMATED,
    DROPPED,
    REFUSED,
    /** The caller's dialect has no word for it. */
    NOT_SAID,
    /** It left no trace, and nobody was told: never right. */
    LOST
}
