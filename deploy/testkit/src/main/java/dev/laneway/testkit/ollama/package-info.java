/**
 * Ollama's native API as a server of version 0.32 speaks it: {@code /api/chat} and {@code /api/generate} in lines of JSON, calls of tools on
 * the last line, errors as one string.
 */
@NullMarked
package dev.laneway.testkit.ollama;

import org.jspecify.annotations.NullMarked;
