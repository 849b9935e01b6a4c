/** The audit log as it is read: who changed which key, team, user or terms, from what, to what. Accounting writes it. */
@NullMarked
package dev.laneway.runtime.audit;

import org.jspecify.annotations.NullMarked;
