/**
 * What a call may be at all, by the terms of everybody whom it is made for: from where, for which models, in which lanes, with which tools, and
 * how long. Each holder must allow it; what is refused is noticed.
 */
@NullMarked
package dev.laneway.ingress.terms;

import org.jspecify.annotations.NullMarked;
