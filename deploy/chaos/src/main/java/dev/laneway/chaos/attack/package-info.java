/** The attacks: each does one kind of harm again and again for a while, says when, and mends what it broke. */
@NullMarked
package dev.laneway.chaos.attack;

import org.jspecify.annotations.NullMarked;
