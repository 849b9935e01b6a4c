/**
 * Which request a client's {@code Idempotency-Key} or {@code X-Client-Request-Id} stands for. Ingresses claim keys and look requests up
 * ({@link dev.laneway.runtime.idempotency.IdempotencyStore}); accounting writes what facts say, and all of it again where the store has
 * forgotten ({@link dev.laneway.runtime.idempotency.IdempotencyRecords}). Between a loss and that moment nobody gets a key: what is not
 * known can't be promised. Only digests are stored.
 */
@NullMarked
package dev.laneway.runtime.idempotency;

import org.jspecify.annotations.NullMarked;
