/**
 * OpenAI Responses ({@code POST /v1/responses}), as openai-openapi of August 2026, openai-java 4.101 and openai-node 7.57 have it, and
 * as Codex 0.169, OpenClaw and the AI SDK use it. A body that gets here is whole: what {@code previous_response_id} and {@code
 * item_reference} stand for has been put in by the ingress ({@link dev.laneway.dialects.responses.StoredInput}).
 */
@NullMarked
package dev.laneway.dialects.responses;

import org.jspecify.annotations.NullMarked;
