/**
 * Vendors as rows of data: a row says only what differs from the dialect the vendor speaks. A new OpenAI-compatible vendor
 * is a few lines of {@code providers.json}.
 */
@NullMarked
package dev.laneway.dialects.providers;

import org.jspecify.annotations.NullMarked;
