/**
 * Gemini's {@code generateContent} and {@code streamGenerateContent}, as Google's Gemini API (v1beta, discovery document and
 * ai.google.dev of November 2026) and Vertex AI (v1) have them, and as google-genai for Java 1.70 and @google/genai 3.1 read them.
 * Model and streaming are said by the address, not by the body.
 */
@NullMarked
package dev.laneway.dialects.gemini;

import org.jspecify.annotations.NullMarked;
