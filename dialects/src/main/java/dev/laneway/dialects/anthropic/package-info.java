/**
 * Anthropic Messages ({@code POST /v1/messages}), versions 2023-06-01 and 2026-10-21, as anthropic-sdk-typescript 0.120 and
 * anthropic-java 3.12 have it.
 */
@NullMarked
package dev.laneway.dialects.anthropic;

import org.jspecify.annotations.NullMarked;
