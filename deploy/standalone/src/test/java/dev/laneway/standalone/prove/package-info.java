/** Tests of what can be told of a proof without running a system; {@code ProveIT} runs one. */
@NullMarked
package dev.laneway.standalone.prove;

import org.jspecify.annotations.NullMarked;
