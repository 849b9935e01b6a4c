/**
 * Accounting's tables: versioned SQL files, applied by Flyway at start in the schema {@code laneway}, so that a database shared with other
 * programs stays theirs. What the tables hold is a projection of the log, with one exception: the hash of a generated master key.
 */
@NullMarked
package dev.laneway.accounting.database;

import org.jspecify.annotations.NullMarked;
