/** The vendor simulator and the fault proxy. */
@NullMarked
package dev.laneway.testkit;

import org.jspecify.annotations.NullMarked;
