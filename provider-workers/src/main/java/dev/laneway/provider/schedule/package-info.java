/**
 * Who gets the next free slot. Attempts wait in lines, one for each lane, class and deployment; {@link
 * dev.laneway.provider.schedule.FairScheduler} starts them so that ten thousand queued batch lines don't move a chat request. Pure,
 * so that a seeded simulation can prove it.
 */
@NullMarked
package dev.laneway.provider.schedule;

import org.jspecify.annotations.NullMarked;
