/** What every role stands on. */
@NullMarked
package dev.laneway.runtime;

import org.jspecify.annotations.NullMarked;
