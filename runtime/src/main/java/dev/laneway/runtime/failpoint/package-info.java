/**
 * Places in the life of an attempt at which a process can be made to die, so that the tests meet every state that a crash can leave
 * behind. Nothing happens, and nothing is paid, where the environment names none.
 */
@NullMarked
package dev.laneway.runtime.failpoint;

import org.jspecify.annotations.NullMarked;
