/**
 * Google's Gemini API, v1beta, after its discovery document, its guides to function calling, thinking and thought signatures, and the
 * types of google-genai. Error texts are those that callers report.
 */
@NullMarked
package dev.laneway.testkit.gemini;

import org.jspecify.annotations.NullMarked;
