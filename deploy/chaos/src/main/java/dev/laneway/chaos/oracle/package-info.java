/**
 * The one oracle: reads what the topics, the groups and the ledger say, and holds it against the vendor simulator's log of calls. The
 * end-to-end tests ask for no difference at all; the attacks allow what the documentation allows, by {@link
 * dev.laneway.chaos.oracle.Leniency}.
 */
@NullMarked
package dev.laneway.chaos.oracle;

import org.jspecify.annotations.NullMarked;
