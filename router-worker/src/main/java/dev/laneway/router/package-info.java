/**
 * Plans hops, and turns a failure into the next hop.
 *
 * <p>A {@link dev.laneway.router.RouterVerticle} a zone reads new requests and failed attempts. {@link
 * dev.laneway.router.InputDecoder} lets in only what is what its topic says; {@link dev.laneway.router.Planner}, which has no I/O and no
 * clock, says what to do; {@link dev.laneway.router.Router} does it: publishes an attempt, waits, or ends the request with a reply and
 * its terminal fact. The plan travels in the events, so any router of the zone can continue, and a record counts as done only when what
 * follows from it has been acknowledged.
 *
 * <p>{@link dev.laneway.router.PrivacyFence} stands between every plan and every attempt, whatever the config or an event says.
 */
@NullMarked
package dev.laneway.router;

import org.jspecify.annotations.NullMarked;
