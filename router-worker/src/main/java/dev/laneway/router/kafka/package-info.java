/**
 * The router's side of Kafka: which topics it reads ({@link dev.laneway.router.kafka.Subscription}), what is let in of them ({@link
 * dev.laneway.router.kafka.InputDecoder}, which holds every envelope to its topic), where it writes, and how it looks in the log for what
 * an input has led to already.
 */
@NullMarked
package dev.laneway.router.kafka;

import org.jspecify.annotations.NullMarked;
