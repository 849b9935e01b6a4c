/**
 * Events in and out of Kafka.
 *
 * <p>An {@link dev.laneway.runtime.kafka.EventSource} hands out the records of a group's partitions, many at a time, and commits
 * only the contiguous part of what is finished ({@link dev.laneway.runtime.kafka.Watermark}): a record whose work isn't done is
 * delivered again after a crash. A {@link dev.laneway.runtime.kafka.TailSource} reads given partitions without a group. An {@link
 * dev.laneway.runtime.kafka.EventSink} publishes, and answers within a bounded time even when the broker is away.
 */
@NullMarked
package dev.laneway.runtime.kafka;

import org.jspecify.annotations.NullMarked;
