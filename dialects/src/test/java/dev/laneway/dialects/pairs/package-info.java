/**
 * What of a request survives between any two dialects. Each feature is asked for in each caller's words, beside the same request without
 * it; what the vendor is sent then, and what the translation says of itself, tells whether it was carried. A feature that leaves no trace
 * and no note is a silent change of meaning, and a failure.
 */
@NullMarked
package dev.laneway.dialects.pairs;

import org.jspecify.annotations.NullMarked;
