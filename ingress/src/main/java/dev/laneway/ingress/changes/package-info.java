/**
 * How a change of a key, a team, a user or terms comes about: a command on {@code lw.commands}, which accounting does or refuses. A change
 * has succeeded when this process's own view of {@code lw.control} shows it: then it is in force here, and everywhere else about as soon.
 */
@NullMarked
package dev.laneway.ingress.changes;

import org.jspecify.annotations.NullMarked;
