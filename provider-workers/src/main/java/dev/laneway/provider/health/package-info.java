/**
 * What this worker has seen of accounts and deployments: {@link dev.laneway.provider.health.AccountPauses} after a 429, {@link
 * dev.laneway.provider.health.Breakers} after failures in a row. {@link dev.laneway.provider.health.VendorHealth} tells the routers,
 * who decide; here only a paused account changes what is done.
 */
@NullMarked
package dev.laneway.provider.health;

import org.jspecify.annotations.NullMarked;
