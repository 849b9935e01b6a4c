/**
 * The languages of the outside. A caller's request is inspected once at the ingress ({@link
 * dev.laneway.dialects.InboundDialect#inspect}); at the worker it either goes through as it came (same dialect on both
 * sides) or inbound -> neutral -> outbound, and the vendor's answer comes back by the same road. {@link
 * dev.laneway.dialects.Exchange#open} chooses the road. Everything here is a pure function of bytes: no I/O, no clock, no
 * logging; an expected failure is a value.
 */
@NullMarked
package dev.laneway.dialects;

import org.jspecify.annotations.NullMarked;
