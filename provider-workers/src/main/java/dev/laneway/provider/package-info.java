/**
 * Attempts: the calls to the vendors. A worker reads the attempts of one zone, judges and queues them ({@link
 * dev.laneway.provider.intake}, {@link dev.laneway.provider.schedule}), makes each call once ({@link dev.laneway.provider.claims},
 * {@link dev.laneway.provider.call}), publishes the answer as it comes and how it ended ({@link dev.laneway.provider.reply}), and tells
 * routers what it sees of the vendors ({@link dev.laneway.provider.health}).
 */
@NullMarked
package dev.laneway.provider;

import org.jspecify.annotations.NullMarked;
