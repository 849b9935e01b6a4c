/**
 * How deployments are, as far as workers said lately: paused, cooling, out of service, and how many calls they have, how fast and how much
 * used. {@link dev.laneway.router.health.HealthBoard} hears it; plans are made by {@link dev.laneway.router.health.Standings}.
 */
@NullMarked
package dev.laneway.router.health;

import org.jspecify.annotations.NullMarked;
