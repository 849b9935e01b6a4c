/** HTTP in, events out; replies back to the client. */
@NullMarked
package dev.laneway.ingress;

import org.jspecify.annotations.NullMarked;
