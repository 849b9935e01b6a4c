/**
 * PostgreSQL, as {@code DATABASE_URL} names it: {@link dev.laneway.runtime.database.DatabaseUrl} reads the URL, {@link
 * dev.laneway.runtime.database.Databases} opens pools and single connections with bounded waits. No message of this package repeats
 * a URL: it holds a password.
 */
@NullMarked
package dev.laneway.runtime.database;

import org.jspecify.annotations.NullMarked;
