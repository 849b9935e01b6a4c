/** Measurements. */
@NullMarked
package dev.laneway.bench;

import org.jspecify.annotations.NullMarked;
