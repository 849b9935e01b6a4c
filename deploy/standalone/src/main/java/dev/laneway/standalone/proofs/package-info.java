/**
 * Proofs by themselves: after each reload of the config file, {@code up} runs {@code prove} as a process of lowest priority, keeps
 * what it printed as evidence, and says in its log and metrics what came of it. Nothing here can make {@code up} fail or wait.
 */
@NullMarked
package dev.laneway.standalone.proofs;

import org.jspecify.annotations.NullMarked;
