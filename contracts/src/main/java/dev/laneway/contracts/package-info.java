/** The language of the pipeline: what crosses a topic, and the topics themselves. */
@NullMarked
package dev.laneway.contracts;

import org.jspecify.annotations.NullMarked;
