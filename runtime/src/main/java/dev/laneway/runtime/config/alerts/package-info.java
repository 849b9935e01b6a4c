/**
 * What an operator wants to be told of, and where: the file's {@code alerts} block and LiteLLM's {@code alerting} keys. Addresses and signing
 * secrets are references from here on, so a published config holds none.
 */
@NullMarked
package dev.laneway.runtime.config.alerts;

import org.jspecify.annotations.NullMarked;
