/**
 * {@code alerts}: what a running gateway raised, and what it shall tell nobody of for a while, by its API.
 */
@NullMarked
package dev.laneway.standalone.alerts;

import org.jspecify.annotations.NullMarked;
