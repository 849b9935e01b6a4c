/** {@code router_settings}, {@code litellm_settings} and {@code general_settings}, LiteLLM's three blocks, read into one. */
@NullMarked
package dev.laneway.runtime.config.settings;

import org.jspecify.annotations.NullMarked;
