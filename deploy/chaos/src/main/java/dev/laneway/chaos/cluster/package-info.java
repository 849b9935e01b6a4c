/**
 * The system under attack: Kafka, PostgreSQL and Redis each in a process of its own, two processes of each role, as {@code ./laneway
 * services} and {@code ./laneway run} start them, and a fault proxy in front of every server.
 */
@NullMarked
package dev.laneway.chaos.cluster;

import org.jspecify.annotations.NullMarked;
