/**
 * The small language that model names, fault rules and the command line share: a head followed by options,
 * {@code stall~at=3~for=500ms}. It survives JSON, YAML and URLs without quoting.
 */
@NullMarked
package dev.laneway.testkit.grammar;

import org.jspecify.annotations.NullMarked;
