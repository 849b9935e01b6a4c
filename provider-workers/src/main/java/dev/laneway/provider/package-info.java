/** Attempts: the calls to the vendors. */
@NullMarked
package dev.laneway.provider;

import org.jspecify.annotations.NullMarked;
