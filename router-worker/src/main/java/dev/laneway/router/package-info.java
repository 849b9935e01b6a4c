/**
 * Plans hops, and turns a failure into the next hop.
 *
 * <p>A {@link dev.laneway.router.RouterVerticle} a zone reads new requests and failed attempts ({@link dev.laneway.router.kafka}), and lets in
 * only what is what its topic says. {@link dev.laneway.router.plan}, which has no I/O and no clock, says what to do, by what {@link
 * dev.laneway.router.health} knows of deployments; {@link dev.laneway.router.handling} does it: publishes an attempt for which {@link
 * dev.laneway.router.reserve} has held money and room, waits, or ends the request with a reply and its terminal fact. The plan travels in
 * the events, so any router of the zone can continue, and a record counts as done only when what follows from it has been acknowledged.
 *
 * <p>The privacy fence of {@link dev.laneway.router.plan} stands between every plan and every attempt, whatever the config or an event says.
 */
@NullMarked
package dev.laneway.router;

import org.jspecify.annotations.NullMarked;
