/** The config: one file, LiteLLM's plus lanes and routes, read whole or refused whole. */
@NullMarked
package dev.laneway.runtime.config;

import org.jspecify.annotations.NullMarked;
