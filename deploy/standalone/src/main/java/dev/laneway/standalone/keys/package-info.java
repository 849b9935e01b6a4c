/**
 * {@code keys}: makes, shows and changes the keys of a running gateway's clients, by its API.
 */
@NullMarked
package dev.laneway.standalone.keys;

import org.jspecify.annotations.NullMarked;
