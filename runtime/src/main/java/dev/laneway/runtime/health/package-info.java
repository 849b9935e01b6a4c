/**
 * How the shared servers are. A {@link dev.laneway.runtime.health.HealthBoard} asks each every few seconds, in the background, and
 * answers from memory; a request never waits for a check.
 */
@NullMarked
package dev.laneway.runtime.health;

import org.jspecify.annotations.NullMarked;
