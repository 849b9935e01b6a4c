/**
 * OpenAI Chat Completions ({@code POST /v1/chat/completions}), as OpenAI's OpenAPI specification of August 2026 and the SDK
 * openai-node 7.5 have it, with the fields that compatible vendors added in practice ({@code reasoning_content}, {@code
 * thinking_blocks}, {@code cache_control}).
 */
@NullMarked
package dev.laneway.dialects.openai;

import org.jspecify.annotations.NullMarked;
