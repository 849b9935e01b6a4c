@NullMarked
package dev.laneway.standalone.proofs;

import org.jspecify.annotations.NullMarked;
