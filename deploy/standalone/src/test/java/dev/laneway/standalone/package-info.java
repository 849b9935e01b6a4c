/** Tests of the command line. */
@NullMarked
package dev.laneway.standalone;

import org.jspecify.annotations.NullMarked;
