/** Streams of JSON documents, one a line (NDJSON), as Ollama sends them. */
@NullMarked
package dev.laneway.dialects.ndjson;

import org.jspecify.annotations.NullMarked;
