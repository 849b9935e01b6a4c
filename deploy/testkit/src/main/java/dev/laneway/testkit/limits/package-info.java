/**
 * Rate limits as vendors enforce them: a bucket of requests and one of tokens per key and model, refilled steadily, a
 * minute's worth deep; and a number of calls at once.
 */
@NullMarked
package dev.laneway.testkit.limits;

import org.jspecify.annotations.NullMarked;
