/**
 * The proof that private work stays inside: the operator's own config, run whole and for real, with every vendor's address replaced.
 *
 * <p>{@link dev.laneway.standalone.prove.RehearsalConfig} rewrites the config so that each deployment answers from one of the two
 * sides of a {@link dev.laneway.standalone.prove.Stage}: a simulated vendor that plays all that is inside the network, and one that
 * plays all outside. {@link dev.laneway.standalone.prove.Prover} asks every route in every {@link
 * dev.laneway.standalone.prove.Scenario}, {@link dev.laneway.standalone.prove.Forger} attacks, {@link
 * dev.laneway.standalone.prove.Judge} compares what was called with what the rules permit, and {@link
 * dev.laneway.standalone.prove.Proof} is the document that an auditor keeps. The judge goes by the sides' own logs, not by what the
 * gateway says of itself.
 */
@NullMarked
package dev.laneway.standalone.prove;

import org.jspecify.annotations.NullMarked;
