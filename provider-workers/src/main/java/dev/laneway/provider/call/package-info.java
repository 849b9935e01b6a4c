/**
 * One attempt's call, from its claim to its outcome. {@link dev.laneway.provider.call.VendorCall} is the HTTP of it, {@link
 * dev.laneway.provider.call.AttemptRun} its life: it asks, turns what the vendor says into frames, and types whatever goes wrong.
 * Nothing reaches the client before the first real token, so that until then another vendor can still answer. Timeouts are checked by
 * a sweep over the runs, not by a timer each.
 */
@NullMarked
package dev.laneway.provider.call;

import org.jspecify.annotations.NullMarked;
