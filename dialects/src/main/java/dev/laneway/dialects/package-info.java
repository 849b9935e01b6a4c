/** Wire formats of clients and vendors, as pure functions. */
@NullMarked
package dev.laneway.dialects;

import org.jspecify.annotations.NullMarked;
