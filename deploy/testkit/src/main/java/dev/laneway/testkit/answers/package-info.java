/**
 * The model behind the vendors: from what was asked to what is answered, whatever the wire format. Nothing here is
 * random. An answer follows from the simulator's seed and from the words of the request, so that a test can tell
 * whose answer it holds, and the same prompt gets the same words from every vendor.
 */
@NullMarked
package dev.laneway.testkit.answers;

import org.jspecify.annotations.NullMarked;
