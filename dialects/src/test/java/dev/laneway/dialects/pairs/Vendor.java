package dev.laneway.dialects.pairs;

/**
 * Whom a request is sent to: a provider's row and a model that takes what its vendor's newest take.
 *
 * @param words as the page calls it
 */
record Vendor(String words, String provider, String model) {}
