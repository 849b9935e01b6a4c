/**
 * The system as one program, and its command line: {@link dev.laneway.standalone.Main} has all commands, and each family of them a
 * package.
 *
 * <p>{@link dev.laneway.standalone.serve} are those that serve, {@link dev.laneway.standalone.servers} what they stand on. {@link
 * dev.laneway.standalone.config} and {@link dev.laneway.standalone.catalogue} look at files. {@link dev.laneway.standalone.keys}, {@link
 * dev.laneway.standalone.alerts} and {@link dev.laneway.standalone.requests} ask a running system, by {@link
 * dev.laneway.standalone.client}; {@link dev.laneway.standalone.ledger} has the ledger made anew. {@link dev.laneway.standalone.trials} are
 * those that try the whole system: what two of them do is in {@link dev.laneway.standalone.prove}, which {@link
 * dev.laneway.standalone.proofs} has done after each reload, and {@link dev.laneway.standalone.faults}. {@link
 * dev.laneway.standalone.cli} is what all of them share. There is no circle among these packages.
 */
@NullMarked
package dev.laneway.standalone;

import org.jspecify.annotations.NullMarked;
