/**
 * The vendor simulator: the vendors' side of every test, benchmark and first try. Start it with
 * {@link dev.laneway.testkit.VendorSimulator}. It shares no code with the gateway's own dialects, so that a mistake in
 * one isn't mirrored in the other.
 */
@NullMarked
package dev.laneway.testkit;

import org.jspecify.annotations.NullMarked;
