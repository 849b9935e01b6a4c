package dev.laneway.testkit.anthropic;

/**
 * Whether the model thinks first.
 *
 * @param tokens how much, 0 for not
 * @param shown whether the text comes with the block; where not, only its signature does
 */
record Thinking(int tokens, boolean shown) {}
