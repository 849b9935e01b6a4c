/** Plans hops, and turns a failure into the next hop. */
@NullMarked
package dev.laneway.router;

import org.jspecify.annotations.NullMarked;
