/**
 * OpenAI's chat completions, embeddings and model list, after the OpenAPI document that OpenAI publishes
 * (openai/openai-openapi, 2026), and the two dialects of it that differ most: Azure's (content filter results, a first
 * chunk without choices) and DeepSeek's ({@code reasoning_content}). Error texts are those that callers report.
 */
@NullMarked
package dev.laneway.testkit.openai;

import org.jspecify.annotations.NullMarked;
