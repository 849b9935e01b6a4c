/** Kafka, PostgreSQL and Redis for one machine, from Maven artifacts. */
@NullMarked
package dev.laneway.services;

import org.jspecify.annotations.NullMarked;
