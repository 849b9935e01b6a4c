/**
 * One input from its delivery to the acknowledgement of what follows from it: exactly one thing. {@link
 * dev.laneway.router.handling.Router} carries out what was decided, keeps what could not be published, and asks {@link
 * dev.laneway.router.handling.Sequel} of what may be there already; {@link dev.laneway.router.handling.Waiting} holds what waits for its next
 * try. It knows the broker only as an {@link dev.laneway.router.handling.Outbox}, so that a seeded simulation can prove it.
 */
@NullMarked
package dev.laneway.router.handling;

import org.jspecify.annotations.NullMarked;
