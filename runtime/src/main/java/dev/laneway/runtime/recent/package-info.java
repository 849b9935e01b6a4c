/** What is remembered because it was used lately, and forgotten where it would be too much. */
@NullMarked
package dev.laneway.runtime.recent;

import org.jspecify.annotations.NullMarked;
