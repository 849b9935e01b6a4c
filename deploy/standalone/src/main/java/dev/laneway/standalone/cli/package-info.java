/**
 * What commands of every family share: how they end ({@link dev.laneway.standalone.cli.Exit}), what they say where they can't go on ({@link
 * dev.laneway.standalone.cli.StartFailed}, {@link dev.laneway.standalone.cli.Sentence}), and how those that serve are told to stop.
 */
@NullMarked
package dev.laneway.standalone.cli;

import org.jspecify.annotations.NullMarked;
