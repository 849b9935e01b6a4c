package dev.laneway.testkit.answers;

/**
 * A place in a prompt up to which it can be cached.
 *
 * @param hash of everything before it
 * @param tokens of everything before it
 */
public record CacheMark(long hash, int tokens) {}
