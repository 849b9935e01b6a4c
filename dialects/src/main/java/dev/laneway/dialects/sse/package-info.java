/** Server-sent events as the WHATWG HTML standard frames them, tolerant in reading and strict in writing. */
@NullMarked
package dev.laneway.dialects.sse;

import org.jspecify.annotations.NullMarked;
