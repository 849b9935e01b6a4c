/**
 * Where a request went: {@link dev.laneway.runtime.trace.Tracer} finds the records of one request id in every topic, from the time
 * that the id itself tells, and {@link dev.laneway.runtime.trace.TracePage} shows them on the management port, a line each. It shows
 * envelopes' facts (attempt, deployment, kind of failure, status, sizes) and never a body, a header's value or a vendor's message.
 */
@NullMarked
package dev.laneway.runtime.trace;

import org.jspecify.annotations.NullMarked;
