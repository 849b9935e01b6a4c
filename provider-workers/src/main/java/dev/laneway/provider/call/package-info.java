/**
 * One attempt's call, from its claim to its outcome. {@link dev.laneway.provider.call.AttemptRun} is its life, {@link
 * dev.laneway.provider.call.VendorCall} the HTTP of it. {@link dev.laneway.provider.call.LiveCall} is in between while there is a call: it
 * turns what the vendor says into frames, and types whatever goes wrong. {@link dev.laneway.provider.call.Ending} publishes how it ended.
 * Nothing reaches the client before the first real token, so that until then another vendor can still answer. Timeouts are checked by
 * a sweep over the runs, not by a timer each.
 */
@NullMarked
package dev.laneway.provider.call;

import org.jspecify.annotations.NullMarked;
