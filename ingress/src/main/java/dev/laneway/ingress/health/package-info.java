/** {@code /health} and its kin on the port of the APIs: how the shared servers are, as background checks saw them last. */
@NullMarked
package dev.laneway.ingress.health;

import org.jspecify.annotations.NullMarked;
