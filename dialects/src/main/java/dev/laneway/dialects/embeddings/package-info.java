/**
 * Embeddings: the other thing that models are asked for. A request is passed on or translated as a chat request is ({@link
 * dev.laneway.dialects.embeddings.EmbeddingExchange}), but its answer has no words, no tokens and no stream: vectors, which may be
 * tens of megabytes of numbers. So an answer is read while it comes, a piece at a time ({@link
 * dev.laneway.dialects.embeddings.VectorReader}); numbers stay as the vendor wrote them, unless the caller wants them packed or
 * the vendor packed them; and vendors differ only in where everything is ({@link dev.laneway.dialects.embeddings.AnswerShape}).
 * Pure.
 */
@NullMarked
package dev.laneway.dialects.embeddings;

import org.jspecify.annotations.NullMarked;
