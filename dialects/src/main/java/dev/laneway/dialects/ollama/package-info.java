/**
 * Ollama's native API ({@code POST /api/chat}, {@code /api/generate}), as its documentation of November 2026 (docs.ollama.com/api) has
 * it, the types of its own client, and answers of a real server 0.32 and of the older 0.17. It streams unless told not to, one JSON object a
 * line; arguments of calls are objects; times are nanoseconds. Vendors are called by {@code /api/chat} only.
 */
@NullMarked
package dev.laneway.dialects.ollama;

import org.jspecify.annotations.NullMarked;
