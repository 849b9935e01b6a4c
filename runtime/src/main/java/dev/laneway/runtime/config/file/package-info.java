/**
 * A YAML file as a tree that remembers its lines: every value that is read knows where it stands, every key that nobody read can
 * be listed, and a file that would exhaust memory, hold a key twice or hide a second document is refused before anything
 * looks at it. Knows YAML and references to secrets and variables; knows nothing of models and lanes.
 */
@NullMarked
package dev.laneway.runtime.config.file;

import org.jspecify.annotations.NullMarked;
