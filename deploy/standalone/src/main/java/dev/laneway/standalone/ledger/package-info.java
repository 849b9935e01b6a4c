/** What the command line does with the ledger: measures how fast it is written, and has it made anew from the log. */
@NullMarked
package dev.laneway.standalone.ledger;

import org.jspecify.annotations.NullMarked;
