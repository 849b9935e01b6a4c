/**
 * The Redis beside the broker: shared memory that may forget. {@link dev.laneway.runtime.redis.RedisLink} runs scripts on it and knows
 * its <em>epoch</em>; what was remembered in one epoch is not to be looked for in another.
 */
@NullMarked
package dev.laneway.runtime.redis;

import org.jspecify.annotations.NullMarked;
