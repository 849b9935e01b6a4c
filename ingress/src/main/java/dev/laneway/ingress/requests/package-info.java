/**
 * What became of a request: its facts in {@code lw.usage}, found by the time in its id, and the answer where its terminal fact says that
 * it lies. Read from the log and not from accounting's tables: the log is never late, and PostgreSQL may be away.
 */
@NullMarked
package dev.laneway.ingress.requests;

import org.jspecify.annotations.NullMarked;
